namespace MLflowSharp.Journal.Records;

/// <summary>One call that was journaled. What its kind does not need is empty or null.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="RunId">With which run.</param>
internal sealed record JournalRecord(RecordKind Kind, string RunId)
{
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    public IReadOnlyList<Param> Params { get; init; } = [];

    public IReadOnlyList<RunTag> Tags { get; init; } = [];

    /// <summary>The tag to delete.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<DatasetInput> Datasets { get; init; } = [];

    public IReadOnlyList<LoggedModelInput>? ModelInputs { get; init; }

    public IReadOnlyList<LoggedModelOutput> ModelOutputs { get; init; } = [];

    public RunStatus? Status { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? RunName { get; init; }

    /// <summary>Whether it may be written together with others of its kind and run.</summary>
    public bool HasOnlyMetrics => Kind == RecordKind.Batch && Params.Count == 0 && Tags.Count == 0;

    /// <summary>How many values it carries, for messages.</summary>
    public int Values => Kind switch
    {
        RecordKind.Batch => Metrics.Count + Params.Count + Tags.Count,
        RecordKind.Inputs => Datasets.Count + (ModelInputs?.Count ?? 0),
        RecordKind.Outputs => ModelOutputs.Count,
        _ => 1,
    };
}
