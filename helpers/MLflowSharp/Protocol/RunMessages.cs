namespace MLflowSharp.Protocol;

/// <summary>A run on the wire.</summary>
internal sealed record RunMessage
{
    public RunInfoMessage? Info { get; set; }

    public RunDataMessage? Data { get; set; }

    public RunInputsMessage? Inputs { get; set; }

    /// <summary>Since MLflow 3.0.</summary>
    public RunOutputsMessage? Outputs { get; set; }

    public static RunMessage From(Run run) => new()
    {
        Info = RunInfoMessage.From(run.Info),
        Data = RunDataMessage.From(run.Data),
        Inputs = RunInputsMessage.From(run.Inputs),
        Outputs = RunOutputsMessage.From(run.Outputs),
    };

    public Run ToEntity() => new(
        (Info ?? new()).ToEntity(), (Data ?? new()).ToEntity(), (Inputs ?? new()).ToEntity())
    {
        Outputs = (Outputs ?? new()).ToEntity(),
    };
}

/// <summary>Identity, times and status of a run on the wire.</summary>
internal sealed record RunInfoMessage
{
    /// <summary>The same as <see cref="RunId"/>: its name before MLflow 1.0, still written.</summary>
    public string? RunUuid { get; set; }

    public string? ExperimentId { get; set; }

    public string? RunName { get; set; }

    public string? UserId { get; set; }

    public RunStatus? Status { get; set; }

    public long? StartTime { get; set; }

    public long? EndTime { get; set; }

    public string? ArtifactUri { get; set; }

    public string? LifecycleStage { get; set; }

    public string? RunId { get; set; }

    public static RunInfoMessage From(RunInfo info) => new()
    {
        RunUuid = info.RunId,
        ExperimentId = info.ExperimentId,
        RunName = info.RunName,
        UserId = info.UserId,
        Status = info.Status,
        StartTime = WireText.Of(info.StartTime),
        EndTime = WireText.Of(info.EndTime),
        ArtifactUri = info.ArtifactUri,
        LifecycleStage = WireText.Of(info.LifecycleStage),
        RunId = info.RunId,
    };

    public RunInfo ToEntity() => new(
        RunId ?? RunUuid ?? "",
        RunName ?? "",
        ExperimentId ?? "",
        UserId ?? "",
        Status ?? RunStatus.Running,
        WireText.ToTime(StartTime),
        WireText.ToTime(EndTime),
        WireText.ToStage(LifecycleStage),
        ArtifactUri ?? "");
}

/// <summary>What a run logged, on the wire: the newest point of each metric.</summary>
internal sealed record RunDataMessage
{
    public IReadOnlyList<MetricMessage>? Metrics { get; set; }

    public IReadOnlyList<KeyValueMessage>? Params { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public static RunDataMessage From(RunData data) => new()
    {
        Metrics = MetricMessage.From(data.LatestMetrics),
        Params = KeyValueMessage.From(data.Params),
        Tags = KeyValueMessage.From(data.Tags),
    };

    public RunData ToEntity() => new([.. MetricMessage.ToEntities(Metrics).DistinctBy(metric => metric.Key)], KeyValueMessage.ToMap(Params), KeyValueMessage.ToMap(Tags));
}

/// <summary>POST runs/create.</summary>
internal sealed record CreateRunRequest
{
    public string? ExperimentId { get; set; }

    public string? UserId { get; set; }

    public string? RunName { get; set; }

    public long? StartTime { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }
}

/// <summary>GET runs/get; POST runs/delete and runs/restore, which carry only <see cref="RunId"/>.</summary>
internal sealed record RunIdRequest
{
    public string? RunId { get; set; }

    public string? RunUuid { get; set; }
}

/// <summary>Answer of runs/create and runs/get.</summary>
internal sealed record RunResponse
{
    public RunMessage? Run { get; set; }
}

/// <summary>POST runs/update.</summary>
internal sealed record UpdateRunRequest
{
    public string? RunId { get; set; }

    public string? RunUuid { get; set; }

    public RunStatus? Status { get; set; }

    public long? EndTime { get; set; }

    public string? RunName { get; set; }
}

/// <summary>Answer of runs/update.</summary>
internal sealed record UpdateRunResponse
{
    public RunInfoMessage? RunInfo { get; set; }
}

/// <summary>POST runs/search.</summary>
internal sealed record SearchRunsRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }

    public string? Filter { get; set; }

    public ViewType? RunViewType { get; set; }

    public int? MaxResults { get; set; }

    public IReadOnlyList<string>? OrderBy { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>Answer of runs/search.</summary>
internal sealed record SearchRunsResponse
{
    public IReadOnlyList<RunMessage>? Runs { get; set; }

    public string? NextPageToken { get; set; }
}
