namespace MLflowSharp;

/// <summary>Sees that data fit a model's signature and warns of data that look like another scale; each warning is given once for each model.</summary>
internal sealed class ModelInputCheck(Model metadata, Action<string> warn)
{
    private static readonly Dictionary<string, object?> None = [];
    private readonly ModelSignature? _signature = metadata.Signature;
    private readonly IReadOnlyList<InputRange> _ranges = metadata.InputRanges;
    private readonly HashSet<string> _given = [];
    private readonly Lock _gate = new();

    /// <summary>The data as the signature asks for them.</summary>
    public ModelData Data(ModelData data)
    {
        var fitting = _signature is { Described: { Count: > 0 } inputs } ? SchemaEnforcement.Fit(data, inputs, Warn) : data;
        foreach (var range in _ranges)
        {
            if ((range.Name is null ? fitting.Count == 1 ? fitting.Tensor : null : fitting.Find(range.Name)) is { } tensor && range.LooksUnscaled(tensor))
                Warn($"{(range.Name is null ? "The input" : $"'{range.Name}'")} holds whole numbers up to 255, but the model learned from values between {range.Text}. Divide by 255 first.");
        }

        return fitting;
    }

    /// <summary>The settings as the signature asks for them.</summary>
    public IReadOnlyDictionary<string, object?> Parameters(IReadOnlyDictionary<string, object?>? given)
    {
        if (_signature?.Params is { } known)
            return ParameterEnforcement.Fit(given, known, Warn);
        if (given is { Count: > 0 })
            Warn($"The model takes no parameters; ignored: {string.Join(", ", given.Keys)}.");
        return None;
    }

    private void Warn(string message)
    {
        lock (_gate)
        {
            if (!_given.Add(message))
                return;
        }

        warn(message);
    }
}
