namespace MLflowSharp.Protocol;

/// <summary>A version of a registered model on the wire.</summary>
internal sealed record ModelVersionMessage
{
    public string? Name { get; set; }

    public string? Version { get; set; }

    public long? CreationTimestamp { get; set; }

    public long? LastUpdatedTimestamp { get; set; }

    public string? UserId { get; set; }

    public string? CurrentStage { get; set; }

    public string? Description { get; set; }

    public string? Source { get; set; }

    public string? RunId { get; set; }

    public ModelVersionStatus? Status { get; set; }

    public string? StatusMessage { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public string? RunLink { get; set; }

    public IReadOnlyList<string>? Aliases { get; set; }

    public string? ModelId { get; set; }

    /// <summary>The message of a version. What a version can always have is written even when it is empty, as MLflow's server does.</summary>
    public static ModelVersionMessage From(ModelVersion version) => new()
    {
        Name = version.Name,
        Version = version.Version,
        CreationTimestamp = version.CreationTime.ToUnixTimeMilliseconds(),
        LastUpdatedTimestamp = version.LastUpdatedTime.ToUnixTimeMilliseconds(),
        UserId = version.UserId,
        CurrentStage = version.CurrentStage,
        Description = version.Description ?? "",
        Source = version.Source ?? "",
        RunId = version.RunId ?? "",
        Status = version.Status,
        StatusMessage = version.StatusMessage,
        Tags = KeyValueMessage.From(version.Tags),
        RunLink = version.RunLink ?? "",
        Aliases = version.Aliases.Count == 0 ? null : version.Aliases,
        ModelId = version.ModelId,
    };

    public ModelVersion ToEntity() => new()
    {
        Name = Name ?? "",
        Version = Version ?? "",
        CreationTime = WireText.ToTime(CreationTimestamp ?? 0),
        LastUpdatedTime = WireText.ToTime(LastUpdatedTimestamp ?? CreationTimestamp ?? 0),
        UserId = WireText.OrNull(UserId),
        CurrentStage = CurrentStage ?? "None",
        Description = WireText.OrNull(Description),
        Source = WireText.OrNull(Source),
        RunId = WireText.OrNull(RunId),
        Status = Status ?? ModelVersionStatus.Ready,
        StatusMessage = WireText.OrNull(StatusMessage),
        Tags = KeyValueMessage.ToMap(Tags),
        RunLink = WireText.OrNull(RunLink),
        Aliases = [.. (Aliases ?? []).Order(StringComparer.Ordinal)],
        // MLflow's server keeps only the source; the model's identifier stands in it.
        ModelId = WireText.OrNull(ModelId) ?? ModelIdOf(Source),
    };

    /// <summary>The identifier in a source such as <c>models:/m-…</c>; null for any other source.</summary>
    public static string? ModelIdOf(string? source) =>
        source?.StartsWith("models:/m-", StringComparison.Ordinal) == true ? source["models:/".Length..] : null;
}

/// <summary>POST model-versions/create.</summary>
internal sealed record CreateModelVersionRequest
{
    public string? Name { get; set; }

    public string? Source { get; set; }

    public string? RunId { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public string? RunLink { get; set; }

    public string? Description { get; set; }

    /// <summary>Since MLflow 3.0.</summary>
    public string? ModelId { get; set; }
}

/// <summary>GET model-versions/get and model-versions/get-download-uri; DELETE model-versions/delete.</summary>
internal sealed record ModelVersionRequest
{
    public string? Name { get; set; }

    public string? Version { get; set; }
}

/// <summary>PATCH model-versions/update.</summary>
internal sealed record UpdateModelVersionRequest
{
    public string? Name { get; set; }

    public string? Version { get; set; }

    public string? Description { get; set; }
}

/// <summary>POST model-versions/transition-stage.</summary>
internal sealed record TransitionStageRequest
{
    public string? Name { get; set; }

    public string? Version { get; set; }

    public string? Stage { get; set; }

    public bool? ArchiveExistingVersions { get; set; }
}

/// <summary>Answer with one version.</summary>
internal sealed record ModelVersionResponse
{
    public ModelVersionMessage? ModelVersion { get; set; }
}

/// <summary>Answer of model-versions/search and registered-models/get-latest-versions; only the search gives a token.</summary>
internal sealed record ModelVersionsResponse
{
    public IReadOnlyList<ModelVersionMessage>? ModelVersions { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>Answer of model-versions/get-download-uri.</summary>
internal sealed record DownloadUriResponse
{
    public string? ArtifactUri { get; set; }
}

/// <summary>POST model-versions/set-tag; without value, DELETE model-versions/delete-tag.</summary>
internal sealed record ModelVersionTagRequest
{
    public string? Name { get; set; }

    public string? Version { get; set; }

    public string? Key { get; set; }

    public string? Value { get; set; }
}
