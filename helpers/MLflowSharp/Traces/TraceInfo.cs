namespace MLflowSharp.Traces;

/// <summary>What is known of a trace besides its spans.</summary>
/// <param name="TraceId">Its identifier, <c>tr-</c> and 32 hexadecimal digits for those of MLflow 3.</param>
/// <param name="ExperimentId">The experiment that it belongs to.</param>
/// <param name="Timestamp">When it began, in milliseconds since 1970.</param>
internal sealed record TraceInfo(string TraceId, string ExperimentId, long Timestamp)
{
    public const string InProgress = "IN_PROGRESS";
    public const string Ok = "OK";
    public const string Error = "ERROR";
    public const string Unspecified = "STATE_UNSPECIFIED";

    /// <summary>How long it took, in milliseconds; null while it goes on.</summary>
    public long? ExecutionTime { get; init; }

    /// <summary>One of the states above, as MLflow stores and sends it.</summary>
    public string State { get; init; } = InProgress;

    /// <summary>What the application that was traced calls the request.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The beginning of what went in.</summary>
    public string? RequestPreview { get; init; }

    /// <summary>The beginning of what came out.</summary>
    public string? ResponsePreview { get; init; }

    /// <summary>What cannot be changed later.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What is said of it, the oldest first.</summary>
    public IReadOnlyList<TraceAssessment> Assessments { get; init; } = [];

    /// <summary>What can be changed later.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
