namespace MLflowSharp;

/// <summary>One version of a registered model (https://mlflow.org/docs/latest/ml/model-registry/#model-version).</summary>
public sealed record ModelVersion
{
    /// <summary>Name of the registered model.</summary>
    public required string Name { get; init; }

    /// <summary>The version, a whole number from 1 written as text.</summary>
    public required string Version { get; init; }

    /// <summary>When it was created (UTC, milliseconds).</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was last changed (UTC, milliseconds).</summary>
    public required DateTimeOffset LastUpdatedTime { get; init; }

    /// <summary>Who made it; null when the store does not know.</summary>
    public string? UserId { get; init; }

    /// <summary>Stage: <c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>. MLflow advises aliases instead.</summary>
    public string CurrentStage { get; init; } = "None";

    /// <summary>Description; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Where the model was when it was registered, as given: <c>runs:/…</c> is resolved, <c>models:/m-…</c> is kept.</summary>
    public string? Source { get; init; }

    /// <summary>The run that made the model; null when not known.</summary>
    public string? RunId { get; init; }

    /// <summary>Link to the run on another server; null when there is none.</summary>
    public string? RunLink { get; init; }

    /// <summary>Whether it can be loaded.</summary>
    public ModelVersionStatus Status { get; init; } = ModelVersionStatus.Ready;

    /// <summary>Why the status is what it is; null when nothing is to be said.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The logged model it was made from, <c>m-…</c>; null in stores of MLflow 2.</summary>
    public string? ModelId { get; init; }

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Aliases that point at this version, sorted by name.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
