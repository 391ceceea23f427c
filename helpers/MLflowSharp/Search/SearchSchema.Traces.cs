namespace MLflowSharp.Search;

internal sealed partial record SearchSchema
{
    public static readonly SearchSchema Traces = new()
    {
        Things = "traces",
        IsTraces = true,
        Entities = new(StringComparer.Ordinal)
        {
            ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
            ["attribute"] = SearchEntity.Attribute, ["attributes"] = SearchEntity.Attribute, ["trace"] = SearchEntity.Attribute,
            ["metadata"] = SearchEntity.Metadata, ["request_metadata"] = SearchEntity.Metadata,
            ["span"] = SearchEntity.Span, ["feedback"] = SearchEntity.Assessment, ["expectation"] = SearchEntity.Assessment, ["issue"] = SearchEntity.Link,
        },
        Attributes = new(StringComparer.Ordinal)
        {
            ["request_id"] = new("request_id", Lists: true), ["status"] = new("status", Lists: true), ["client_request_id"] = new("client_request_id", Lists: true),
            ["timestamp"] = new("timestamp_ms", SearchValueKind.Number), ["timestamp_ms"] = new("timestamp_ms", SearchValueKind.Number),
            ["execution_time"] = new("execution_time_ms", SearchValueKind.Number), ["execution_time_ms"] = new("execution_time_ms", SearchValueKind.Number),
            ["end_time"] = new("end_time_ms", SearchValueKind.Number), ["end_time_ms"] = new("end_time_ms", SearchValueKind.Number),
        },
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["request_id"] = "request_id", ["status"] = "status", ["experiment_id"] = "experiment_id",
            ["timestamp"] = "timestamp_ms", ["timestamp_ms"] = "timestamp_ms", ["execution_time"] = "execution_time_ms", ["execution_time_ms"] = "execution_time_ms",
            ["end_time"] = "end_time_ms", ["end_time_ms"] = "end_time_ms",
        },
        OrderEntities = [SearchEntity.Tag, SearchEntity.Metadata],
        QuotedEntities = true,
        QuotedAttributes = true,
    };
}
