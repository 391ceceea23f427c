namespace MLflowSharp.Server;

/// <summary>A request to MLflow's REST interface, however it came.</summary>
public sealed record RestRequest
{
    /// <summary>The HTTP method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query as they were sent, still percent-encoded, such as <c>/api/2.0/mlflow/runs/get?run_id=…</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The headers; names in any case. A header that came several times has its values joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What was sent, read once and not disposed here. Default: nothing.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The path, still percent-encoded.</summary>
    public string Path => Target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? Target[..mark] : Target;

    /// <summary>The query without its question mark, still percent-encoded; empty when there is none.</summary>
    public string Query => Target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? Target[(mark + 1)..] : "";

    /// <summary>The value of a header; null when it is not there.</summary>
    /// <param name="name">The header's name in any case.</param>
    public string? Header(string name)
    {
        if (Headers.TryGetValue(name, out var value))
            return value;
        foreach (var (key, other) in Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return other;
        }

        return null;
    }
}
