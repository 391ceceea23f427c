namespace MLflowSharp.Protocol;

/// <summary>A tag or a parameter: MLflow's ExperimentTag, RunTag, Param, InputTag, LoggedModelTag, LoggedModelParameter, RegisteredModelTag and ModelVersionTag look the same on the wire.</summary>
internal sealed record KeyValueMessage
{
    public string? Key { get; set; }

    public string? Value { get; set; }

    /// <summary>The messages of a map; null for an empty one, which is left out on the wire.</summary>
    public static IReadOnlyList<KeyValueMessage>? From(IReadOnlyDictionary<string, string>? map) =>
        map is null || map.Count == 0 ? null : [.. map.Select(item => new KeyValueMessage { Key = item.Key, Value = item.Value })];

    /// <summary>The map of some messages. When a key comes twice the later value stays, as in MLflow's client.</summary>
    public static Dictionary<string, string> ToMap(IReadOnlyList<KeyValueMessage>? messages)
    {
        var map = new Dictionary<string, string>(messages?.Count ?? 0);
        foreach (var message in messages ?? [])
            map[message.Key ?? ""] = message.Value ?? "";
        return map;
    }
}
