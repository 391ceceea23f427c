using MLflowSharp.Registry;

namespace MLflowSharp.Protocol;

/// <summary>A logged model on the wire (MLflow 3.0).</summary>
internal sealed record LoggedModelMessage
{
    public LoggedModelInfoMessage? Info { get; set; }

    public LoggedModelDataMessage? Data { get; set; }

    public static LoggedModelMessage From(LoggedModel model) => new()
    {
        Info = new()
        {
            ModelId = model.ModelId,
            ExperimentId = model.ExperimentId,
            Name = model.Name,
            CreationTimestampMs = model.CreationTime.ToUnixTimeMilliseconds(),
            LastUpdatedTimestampMs = model.LastUpdatedTime.ToUnixTimeMilliseconds(),
            ArtifactUri = model.ArtifactLocation,
            Status = model.Status,
            ModelType = model.ModelType,
            SourceRunId = model.SourceRunId,
            StatusMessage = model.StatusMessage,
            Tags = KeyValueMessage.From(model.Tags),
            Registrations = model.Registrations.Count == 0
                ? null
                : [.. model.Registrations.Select(registration => new LoggedModelRegistrationMessage { Name = registration.Name, Version = registration.Version })],
        },
        Data = new() { Params = KeyValueMessage.From(model.Params), Metrics = MetricMessage.From(model.Metrics) },
    };

    public LoggedModel ToEntity()
    {
        var info = Info ?? new();
        var tags = KeyValueMessage.ToMap(info.Tags);
        return new()
        {
            ModelId = info.ModelId ?? "",
            ExperimentId = info.ExperimentId ?? "",
            Name = info.Name ?? "",
            ArtifactLocation = info.ArtifactUri ?? "",
            CreationTime = WireText.ToTime(info.CreationTimestampMs ?? 0),
            LastUpdatedTime = WireText.ToTime(info.LastUpdatedTimestampMs ?? 0),
            Status = info.Status ?? LoggedModelStatus.Unspecified,
            StatusMessage = WireText.OrNull(info.StatusMessage),
            ModelType = WireText.OrNull(info.ModelType),
            SourceRunId = WireText.OrNull(info.SourceRunId),
            Tags = tags,
            Params = KeyValueMessage.ToMap(Data?.Params),
            Metrics = MetricMessage.ToEntities(Data?.Metrics),
            Registrations = info.Registrations is { Count: > 0 } registrations
                ? [.. registrations.Select(registration => new LoggedModelRegistration(registration.Name ?? "", registration.Version ?? ""))]
                : LoggedModelRegistrations.Read(tags),
        };
    }
}

/// <summary>Identity, times and status of a logged model on the wire.</summary>
internal sealed record LoggedModelInfoMessage
{
    public string? ModelId { get; set; }

    public string? ExperimentId { get; set; }

    public string? Name { get; set; }

    public long? CreationTimestampMs { get; set; }

    public long? LastUpdatedTimestampMs { get; set; }

    public string? ArtifactUri { get; set; }

    public LoggedModelStatus? Status { get; set; }

    public long? CreatorId { get; set; }

    public string? ModelType { get; set; }

    public string? SourceRunId { get; set; }

    public string? StatusMessage { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public IReadOnlyList<LoggedModelRegistrationMessage>? Registrations { get; set; }
}

/// <summary>What was logged to a model, on the wire.</summary>
internal sealed record LoggedModelDataMessage
{
    public IReadOnlyList<KeyValueMessage>? Params { get; set; }

    public IReadOnlyList<MetricMessage>? Metrics { get; set; }
}

/// <summary>A registered version made from a logged model, on the wire.</summary>
internal sealed record LoggedModelRegistrationMessage
{
    public string? Name { get; set; }

    public string? Version { get; set; }
}

/// <summary>POST logged-models.</summary>
internal sealed record CreateLoggedModelRequest
{
    public string? ExperimentId { get; set; }

    public string? Name { get; set; }

    public string? ModelType { get; set; }

    public string? SourceRunId { get; set; }

    public IReadOnlyList<KeyValueMessage>? Params { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }
}

/// <summary>PATCH logged-models/{model_id}.</summary>
internal sealed record FinalizeLoggedModelRequest
{
    public string? ModelId { get; set; }

    public LoggedModelStatus? Status { get; set; }
}

/// <summary>DELETE logged-models/{model_id}, whose identifier is in the path and in the body.</summary>
internal sealed record DeleteLoggedModelRequest
{
    public string? ModelId { get; set; }
}

/// <summary>PATCH logged-models/{model_id}/tags.</summary>
internal sealed record SetLoggedModelTagsRequest
{
    public string? ModelId { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }
}

/// <summary>POST logged-models/{model_id}/params.</summary>
internal sealed record LogLoggedModelParamsRequest
{
    public string? ModelId { get; set; }

    public IReadOnlyList<KeyValueMessage>? Params { get; set; }
}

/// <summary>Answer with one logged model.</summary>
internal sealed record LoggedModelResponse
{
    public LoggedModelMessage? Model { get; set; }
}

/// <summary>POST logged-models/search.</summary>
internal sealed record SearchLoggedModelsRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }

    public string? Filter { get; set; }

    public IReadOnlyList<LoggedModelDatasetMessage>? Datasets { get; set; }

    public int? MaxResults { get; set; }

    public IReadOnlyList<LoggedModelOrderByMessage>? OrderBy { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>A dataset in a search of logged models.</summary>
internal sealed record LoggedModelDatasetMessage
{
    public string? DatasetName { get; set; }

    public string? DatasetDigest { get; set; }
}

/// <summary>A key that a search of logged models sorts by.</summary>
internal sealed record LoggedModelOrderByMessage
{
    public string? FieldName { get; set; }

    public bool? Ascending { get; set; }

    public string? DatasetName { get; set; }

    public string? DatasetDigest { get; set; }

    public static LoggedModelOrderByMessage From(LoggedModelOrderBy key) =>
        new() { FieldName = key.FieldName, Ascending = key.Ascending, DatasetName = key.DatasetName, DatasetDigest = key.DatasetDigest };

    public LoggedModelOrderBy ToEntity() => new(FieldName ?? "", Ascending ?? true)
    {
        DatasetName = WireText.OrNull(DatasetName),
        DatasetDigest = WireText.OrNull(DatasetDigest),
    };
}

/// <summary>What a page token of a search of logged models says, in base64.</summary>
internal sealed record LoggedModelPageToken
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }

    public string? FilterString { get; set; }

    public IReadOnlyList<LoggedModelOrderByMessage>? OrderBy { get; set; }

    public long? Offset { get; set; }
}

/// <summary>Answer of logged-models/search.</summary>
internal sealed record SearchLoggedModelsResponse
{
    public IReadOnlyList<LoggedModelMessage>? Models { get; set; }

    public string? NextPageToken { get; set; }
}
