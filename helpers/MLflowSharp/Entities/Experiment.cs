namespace MLflowSharp;

/// <summary>A named collection of runs (https://mlflow.org/docs/latest/ml/tracking/#experiments).</summary>
/// <param name="ExperimentId">Identifier, a whole number written as text in database stores; <c>"0"</c> is the experiment <c>Default</c>.</param>
/// <param name="Name">Unique name, 1 to 500 characters.</param>
/// <param name="ArtifactLocation">Folder or URI under which runs keep their artifacts.</param>
/// <param name="LifecycleStage">Active or deleted.</param>
/// <param name="CreationTime">When it was created (UTC), if the store knows.</param>
/// <param name="LastUpdateTime">When it was last changed (UTC), if the store knows.</param>
/// <param name="Tags">Tags by key.</param>
public sealed record Experiment(
    string ExperimentId,
    string Name,
    string ArtifactLocation,
    LifecycleStage LifecycleStage,
    DateTimeOffset? CreationTime,
    DateTimeOffset? LastUpdateTime,
    IReadOnlyDictionary<string, string> Tags);
