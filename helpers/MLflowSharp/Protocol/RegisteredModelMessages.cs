namespace MLflowSharp.Protocol;

/// <summary>A registered model on the wire.</summary>
internal sealed record RegisteredModelMessage
{
    public string? Name { get; set; }

    public long? CreationTimestamp { get; set; }

    public long? LastUpdatedTimestamp { get; set; }

    public string? UserId { get; set; }

    public string? Description { get; set; }

    public IReadOnlyList<ModelVersionMessage>? LatestVersions { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public IReadOnlyList<AliasMessage>? Aliases { get; set; }

    public static RegisteredModelMessage From(RegisteredModel model) => new()
    {
        Name = model.Name,
        CreationTimestamp = model.CreationTime.ToUnixTimeMilliseconds(),
        LastUpdatedTimestamp = model.LastUpdatedTime.ToUnixTimeMilliseconds(),
        Description = model.Description,
        LatestVersions = model.LatestVersions.Count == 0 ? null : [.. model.LatestVersions.Select(ModelVersionMessage.From)],
        Tags = KeyValueMessage.From(model.Tags),
        Aliases = model.Aliases.Count == 0 ? null : [.. model.Aliases.Select(alias => new AliasMessage { Alias = alias.Key, Version = alias.Value })],
    };

    public RegisteredModel ToEntity() => new()
    {
        Name = Name ?? "",
        CreationTime = WireText.ToTime(CreationTimestamp ?? 0),
        LastUpdatedTime = WireText.ToTime(LastUpdatedTimestamp ?? 0),
        Description = WireText.OrNull(Description),
        LatestVersions = [.. (LatestVersions ?? []).Select(version => version.ToEntity())],
        Tags = KeyValueMessage.ToMap(Tags),
        Aliases = KeyValueMessage.ToMap([.. (Aliases ?? []).Select(alias => new KeyValueMessage { Key = alias.Alias, Value = alias.Version })]),
    };
}

/// <summary>An alias of a registered model on the wire.</summary>
internal sealed record AliasMessage
{
    public string? Alias { get; set; }

    public string? Version { get; set; }
}

/// <summary>POST registered-models/create.</summary>
internal sealed record CreateRegisteredModelRequest
{
    public string? Name { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public string? Description { get; set; }
}

/// <summary>GET registered-models/get; DELETE registered-models/delete.</summary>
internal sealed record RegisteredModelNameRequest
{
    public string? Name { get; set; }
}

/// <summary>POST registered-models/rename.</summary>
internal sealed record RenameRegisteredModelRequest
{
    public string? Name { get; set; }

    public string? NewName { get; set; }
}

/// <summary>PATCH registered-models/update.</summary>
internal sealed record UpdateRegisteredModelRequest
{
    public string? Name { get; set; }

    public string? Description { get; set; }
}

/// <summary>Answer with one registered model.</summary>
internal sealed record RegisteredModelResponse
{
    public RegisteredModelMessage? RegisteredModel { get; set; }
}

/// <summary>GET registered-models/search and model-versions/search.</summary>
internal sealed record RegistrySearchRequest
{
    public string? Filter { get; set; }

    public long? MaxResults { get; set; }

    public IReadOnlyList<string>? OrderBy { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>Answer of registered-models/search.</summary>
internal sealed record SearchRegisteredModelsResponse
{
    public IReadOnlyList<RegisteredModelMessage>? RegisteredModels { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>POST or GET registered-models/get-latest-versions.</summary>
internal sealed record GetLatestVersionsRequest
{
    public string? Name { get; set; }

    public IReadOnlyList<string>? Stages { get; set; }
}

/// <summary>POST registered-models/set-tag; without value, DELETE registered-models/delete-tag.</summary>
internal sealed record RegisteredModelTagRequest
{
    public string? Name { get; set; }

    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>POST registered-models/alias; without version, its DELETE and GET.</summary>
internal sealed record RegisteredModelAliasRequest
{
    public string? Name { get; set; }

    public string? Alias { get; set; }

    public string? Version { get; set; }
}
