namespace MLflowSharp.Protocol;

/// <summary>An experiment on the wire.</summary>
internal sealed record ExperimentMessage
{
    public string? ExperimentId { get; set; }

    public string? Name { get; set; }

    public string? ArtifactLocation { get; set; }

    public string? LifecycleStage { get; set; }

    public long? LastUpdateTime { get; set; }

    public long? CreationTime { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    /// <summary>Since MLflow 3.10.</summary>
    public string? Workspace { get; set; }

    public static ExperimentMessage From(Experiment experiment) => new()
    {
        ExperimentId = experiment.ExperimentId,
        Name = experiment.Name,
        ArtifactLocation = experiment.ArtifactLocation,
        LifecycleStage = WireText.Of(experiment.LifecycleStage),
        LastUpdateTime = WireText.Of(experiment.LastUpdateTime),
        CreationTime = WireText.Of(experiment.CreationTime),
        Tags = KeyValueMessage.From(experiment.Tags),
    };

    public Experiment ToEntity() => new(
        ExperimentId ?? "",
        Name ?? "",
        ArtifactLocation ?? "",
        WireText.ToStage(LifecycleStage),
        WireText.ToTime(CreationTime),
        WireText.ToTime(LastUpdateTime),
        KeyValueMessage.ToMap(Tags));
}

/// <summary>POST experiments/create.</summary>
internal sealed record CreateExperimentRequest
{
    public string? Name { get; set; }

    public string? ArtifactLocation { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }
}

/// <summary>Answer of experiments/create.</summary>
internal sealed record CreateExperimentResponse
{
    public string? ExperimentId { get; set; }
}

/// <summary>GET experiments/get; POST experiments/delete and experiments/restore.</summary>
internal sealed record ExperimentIdRequest
{
    public string? ExperimentId { get; set; }
}

/// <summary>GET experiments/get-by-name.</summary>
internal sealed record GetExperimentByNameRequest
{
    public string? ExperimentName { get; set; }
}

/// <summary>Answer of experiments/get and experiments/get-by-name.</summary>
internal sealed record ExperimentResponse
{
    public ExperimentMessage? Experiment { get; set; }
}

/// <summary>POST or GET experiments/search.</summary>
internal sealed record SearchExperimentsRequest
{
    public long? MaxResults { get; set; }

    public string? PageToken { get; set; }

    public string? Filter { get; set; }

    public IReadOnlyList<string>? OrderBy { get; set; }

    public ViewType? ViewType { get; set; }
}

/// <summary>Answer of experiments/search.</summary>
internal sealed record SearchExperimentsResponse
{
    public IReadOnlyList<ExperimentMessage>? Experiments { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>POST experiments/update.</summary>
internal sealed record UpdateExperimentRequest
{
    public string? ExperimentId { get; set; }

    public string? NewName { get; set; }
}

/// <summary>POST experiments/set-experiment-tag; without value, experiments/delete-experiment-tag (MLflow 3.2).</summary>
internal sealed record ExperimentTagRequest
{
    public string? ExperimentId { get; set; }

    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>POST experiments/search-datasets.</summary>
internal sealed record SearchDatasetsRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }
}

/// <summary>A dataset in the answer of experiments/search-datasets.</summary>
internal sealed record DatasetSummaryMessage
{
    public string? ExperimentId { get; set; }

    public string? Name { get; set; }

    public string? Digest { get; set; }

    public string? Context { get; set; }

    public static DatasetSummaryMessage From(DatasetSummary summary) =>
        new() { ExperimentId = summary.ExperimentId, Name = summary.Name, Digest = summary.Digest, Context = summary.Context };

    public DatasetSummary ToEntity() => new(ExperimentId ?? "", Name ?? "", Digest ?? "", Context);
}

/// <summary>Answer of experiments/search-datasets.</summary>
internal sealed record SearchDatasetsResponse
{
    public IReadOnlyList<DatasetSummaryMessage>? DatasetSummaries { get; set; }
}
