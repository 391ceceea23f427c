namespace MLflowSharp.Traces;

/// <summary>Names that MLflow gives to what it knows about traces (https://mlflow.org/docs/latest/genai/tracing/).</summary>
internal static class TraceKeys
{
    // Tags.
    public const string Name = "mlflow.traceName";
    public const string ArtifactLocation = "mlflow.artifactLocation";
    public const string SpansLocation = "mlflow.trace.spansLocation";
    public const string ArchiveLocation = "mlflow.trace.archiveLocation";
    public const string ArchivalFailure = "mlflow.trace.archivalFailure";

    /// <summary>The value of <see cref="SpansLocation"/> for spans that are in the database.</summary>
    public const string TrackingStore = "TRACKING_STORE";

    // Metadata.
    public const string SourceRun = "mlflow.sourceRun";
    public const string User = "mlflow.trace.user";
    public const string Session = "mlflow.trace.session";
    public const string TokenUsage = "mlflow.trace.tokenUsage";
    public const string Cost = "mlflow.trace.cost";

    /// <summary>Says that whoever made the trace gave its times and totals, which spans that come later must not change.</summary>
    public const string Finalized = "mlflow.trace.infoFinalized";

    /// <summary>What is said of the trace's size, among it how many spans there will be.</summary>
    public const string SizeStatistics = "mlflow.trace.sizeStats";

    // Attributes of spans.
    public const string RequestId = "mlflow.traceRequestId";
    public const string SpanType = "mlflow.spanType";
    public const string Inputs = "mlflow.spanInputs";
    public const string Outputs = "mlflow.spanOutputs";
    public const string ChatUsage = "mlflow.chat.tokenUsage";
    public const string ModelName = "mlflow.llm.model";
    public const string ModelProvider = "mlflow.llm.provider";
    public const string SpanCost = "mlflow.llm.cost";

    /// <summary>Before the key of a trace's tag that travels as an attribute of its first span.</summary>
    public const string TagPrefix = "mlflow.traceTag.";

    /// <summary>The columns of a trace that MLflow shows together as the metadata <see cref="TokenUsage"/>; also the names in that JSON.</summary>
    public static readonly string[] TokenColumns =
        ["input_tokens", "output_tokens", "total_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation_input_tokens_above_1hr"];

    /// <summary>The columns of a trace, and of a span, that MLflow shows together as the metadata <see cref="Cost"/>; also the names in that JSON.</summary>
    public static readonly string[] CostColumns = ["input_cost", "output_cost", "total_cost"];
}
