namespace MLflowSharp;

/// <summary>Identity, times and status of a run.</summary>
/// <param name="RunId">Identifier, 32 lower-case hexadecimal digits.</param>
/// <param name="RunName">Name for people; not unique.</param>
/// <param name="ExperimentId">Identifier of the experiment the run belongs to.</param>
/// <param name="UserId">Who started the run, as far as the store knows.</param>
/// <param name="Status">State of the run.</param>
/// <param name="StartTime">When the run started (UTC, milliseconds).</param>
/// <param name="EndTime">When the run ended (UTC, milliseconds); null while it is running.</param>
/// <param name="LifecycleStage">Active or deleted.</param>
/// <param name="ArtifactUri">Folder or URI of the run's artifacts.</param>
public sealed record RunInfo(
    string RunId,
    string RunName,
    string ExperimentId,
    string UserId,
    RunStatus Status,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    LifecycleStage LifecycleStage,
    string ArtifactUri);
