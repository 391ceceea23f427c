namespace MLflowSharp;

/// <summary>A model that MLflow 3 keeps as a thing of its own, beside the run that made it (https://mlflow.org/docs/latest/ml/model/#logged-model).</summary>
public sealed record LoggedModel
{
    /// <summary>Identifier: <c>m-</c> and 32 hexadecimal digits; the model is <c>models:/&lt;identifier&gt;</c>.</summary>
    public required string ModelId { get; init; }

    /// <summary>Identifier of the experiment it belongs to.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Name, not unique; none of <c>/ : . % " '</c> in it.</summary>
    public required string Name { get; init; }

    /// <summary>Folder or URI of its files.</summary>
    public required string ArtifactLocation { get; init; }

    /// <summary>When it was created (UTC, milliseconds).</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was last changed (UTC, milliseconds).</summary>
    public required DateTimeOffset LastUpdatedTime { get; init; }

    /// <summary>Whether its files are whole.</summary>
    public LoggedModelStatus Status { get; init; } = LoggedModelStatus.Pending;

    /// <summary>Why the status is what it is; null when nothing is to be said.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>What kind of model it is, such as <c>Agent</c>; null when not said.</summary>
    public string? ModelType { get; init; }

    /// <summary>The run that made it; null when none did.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Parameters by key.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Metrics that were measured on it, each with its run and, when known, its dataset.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Registered versions made from it, as far as the store records them.</summary>
    public IReadOnlyList<LoggedModelRegistration> Registrations { get; init; } = [];

    /// <summary>The URI that loads it: <c>models:/m-…</c>.</summary>
    public string ModelUri => $"models:/{ModelId}";
}
