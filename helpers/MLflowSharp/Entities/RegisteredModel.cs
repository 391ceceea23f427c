namespace MLflowSharp;

/// <summary>A name in the model registry under which versions are kept (https://mlflow.org/docs/latest/ml/model-registry/).</summary>
public sealed record RegisteredModel
{
    /// <summary>Unique name; neither <c>/</c> nor <c>:</c> in it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created (UTC, milliseconds).</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was last changed (UTC, milliseconds).</summary>
    public required DateTimeOffset LastUpdatedTime { get; init; }

    /// <summary>Description; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Newest version of each stage that has one.</summary>
    public IReadOnlyList<ModelVersion> LatestVersions { get; init; } = [];

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Aliases: name to version.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();
}
