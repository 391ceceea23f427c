namespace MLflowSharp.Protocol;

/// <summary>One point of a metric on the wire.</summary>
internal sealed record MetricMessage
{
    public string? Key { get; set; }

    public double? Value { get; set; }

    public long? Timestamp { get; set; }

    public long? Step { get; set; }

    public string? DatasetName { get; set; }

    public string? DatasetDigest { get; set; }

    public string? ModelId { get; set; }

    public string? RunId { get; set; }

    public static MetricMessage From(Metric metric) => new()
    {
        Key = metric.Key,
        Value = metric.Value,
        Timestamp = metric.Timestamp,
        Step = metric.Step,
        DatasetName = metric.DatasetName,
        DatasetDigest = metric.DatasetDigest,
        ModelId = metric.ModelId,
        RunId = metric.RunId,
    };

    /// <summary>The messages of some points; null for none, which is left out on the wire.</summary>
    public static IReadOnlyList<MetricMessage>? From(IReadOnlyList<Metric> metrics) => metrics.Count == 0 ? null : [.. metrics.Select(From)];

    public Metric ToEntity() => new(Key ?? "", Value ?? 0, Timestamp ?? 0, Step ?? 0)
    {
        DatasetName = WireText.OrNull(DatasetName),
        DatasetDigest = WireText.OrNull(DatasetDigest),
        ModelId = WireText.OrNull(ModelId),
        RunId = WireText.OrNull(RunId),
    };

    public static IReadOnlyList<Metric> ToEntities(IReadOnlyList<MetricMessage>? messages) => [.. (messages ?? []).Select(message => message.ToEntity())];
}

/// <summary>POST runs/log-metric.</summary>
internal sealed record LogMetricRequest
{
    public string? RunUuid { get; set; }

    public string? Key { get; set; }

    public double? Value { get; set; }

    public long? Timestamp { get; set; }

    public long? Step { get; set; }

    public string? RunId { get; set; }

    public string? ModelId { get; set; }

    public string? DatasetName { get; set; }

    public string? DatasetDigest { get; set; }

    public Metric ToEntity() => new(Key ?? "", Value ?? 0, Timestamp ?? 0, Step ?? 0)
    {
        DatasetName = WireText.OrNull(DatasetName),
        DatasetDigest = WireText.OrNull(DatasetDigest),
        ModelId = WireText.OrNull(ModelId),
    };
}

/// <summary>POST runs/log-parameter and runs/set-tag; without value, runs/delete-tag.</summary>
internal sealed record RunKeyValueRequest
{
    public string? RunUuid { get; set; }

    public string? RunId { get; set; }

    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>POST runs/log-batch.</summary>
internal sealed record LogBatchRequest
{
    public string? RunId { get; set; }

    public IReadOnlyList<MetricMessage>? Metrics { get; set; }

    public IReadOnlyList<KeyValueMessage>? Params { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }
}

/// <summary>POST runs/log-model: what MLflow 2 says about a model in the tag mlflow.log-model.history.</summary>
internal sealed record LogModelRequest
{
    public string? RunId { get; set; }

    public string? ModelJson { get; set; }
}

/// <summary>GET metrics/get-history.</summary>
internal sealed record GetMetricHistoryRequest
{
    public string? RunId { get; set; }

    public string? RunUuid { get; set; }

    public string? MetricKey { get; set; }

    public string? PageToken { get; set; }

    public int? MaxResults { get; set; }
}

/// <summary>GET metrics/get-history-bulk, which only <c>/ajax-api</c> has.</summary>
internal sealed record GetMetricHistoryBulkRequest
{
    public IReadOnlyList<string>? RunId { get; set; }

    public string? MetricKey { get; set; }

    public int? MaxResults { get; set; }
}

/// <summary>GET metrics/get-history-bulk-interval.</summary>
internal sealed record GetMetricHistoryIntervalRequest
{
    public IReadOnlyList<string>? RunIds { get; set; }

    public string? MetricKey { get; set; }

    public long? StartStep { get; set; }

    public long? EndStep { get; set; }

    public int? MaxResults { get; set; }
}

/// <summary>Answer of the three histories; only get-history gives a token.</summary>
internal sealed record MetricHistoryResponse
{
    public IReadOnlyList<MetricMessage>? Metrics { get; set; }

    public string? NextPageToken { get; set; }
}
