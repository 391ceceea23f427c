using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Registry;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const string MetaFile = "registered_model_meta";

    /// <summary>
    /// Says where a model's files are. <c>models:/name/2</c>, <c>models:/name@alias</c>, <c>models:/name/latest</c>,
    /// <c>models:/name/Production</c>, <c>models:/m-…</c> and <c>runs:/…/path</c> are looked up; a folder or another URI is the answer itself.
    /// </summary>
    /// <param name="modelUri">The model.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>An absolute path or a URI of a storage.</returns>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE; the message says what there is instead.</exception>
    public async Task<string> GetModelArtifactUriAsync(string modelUri, CancellationToken cancellationToken = default) =>
        (await LocateModelAsync(modelUri, cancellationToken)).Location;

    /// <inheritdoc cref="GetModelArtifactUriAsync"/>
    public string GetModelArtifactUri(string modelUri) => Wait(GetModelArtifactUriAsync(modelUri));

    /// <summary>Makes a model's files available locally.</summary>
    /// <param name="modelUri">The model, in any form that <see cref="GetModelArtifactUriAsync"/> takes.</param>
    /// <param name="destinationDirectory">Folder to copy into, made when missing; it also gets the file <c>registered_model_meta</c> that MLflow adds to registered models. Null uses local originals in place, and copies others into a new temporary folder.</param>
    /// <param name="transfer">Progress, parallelism; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Full path of the folder that holds <c>MLmodel</c>.</returns>
    public async Task<string> DownloadModelAsync(string modelUri, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var model = await LocateModelAsync(modelUri, cancellationToken);
        var folder = await ArtifactTransfer.DownloadAsync(ArtifactsAt(model.Location), "", destinationDirectory, transfer, cancellationToken);
        if (destinationDirectory is not null && model.Version is { } version)
        {
            var meta = new System.Text.Json.Nodes.JsonObject { ["model_name"] = version.Name, ["model_version"] = version.Version };
            await File.WriteAllTextAsync(Path.Combine(folder, MetaFile), ModelYaml.Write(meta), cancellationToken);
        }

        return folder;
    }

    /// <inheritdoc cref="DownloadModelAsync"/>
    public string DownloadModel(string modelUri, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null) => Wait(DownloadModelAsync(modelUri, destinationDirectory, transfer));

    private async Task<LocatedModel> LocateModelAsync(string modelUri, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelUri);
        if (RunsUri.Matches(modelUri))
            return await LocateInRunAsync(RunsUri.Parse(modelUri), cancellationToken);
        if (!ModelUri.Matches(modelUri))
        {
            var place = ArtifactUri.Resolve(modelUri);
            return new(place, place);
        }

        var uri = ModelUri.Parse(modelUri);
        if (uri.ModelId is { } modelId)
            return LocatedModel.Of(await GetLoggedModelAsync(modelId, cancellationToken));
        var version = await ResolveVersionAsync(uri, cancellationToken);
        var location = await GetModelVersionDownloadUriAsync(version.Name, version.Version, cancellationToken);
        // A store that does not look a version's source up gives the source itself.
        if (ModelUri.Matches(location) || RunsUri.Matches(location))
            location = (await LocateModelAsync(location, cancellationToken)).Location;
        return new($"models:/{version.Name}/{version.Version}", location) { Version = version, RunId = version.RunId };
    }

    private async Task<ModelVersion> ResolveVersionAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        if (uri.Version is { } number)
            return await GetModelVersionAsync(uri.Name, number, cancellationToken);
        if (uri.Alias is { } alias)
            return await GetModelVersionByAliasAsync(uri.Name, alias, cancellationToken);
        var latest = await GetLatestVersionsAsync(uri.Name, uri.Stage is null ? null : [uri.Stage], cancellationToken);
        return latest.MaxBy(version => long.Parse(version.Version, System.Globalization.CultureInfo.InvariantCulture))
            ?? throw MlflowException.Missing(
                $"No versions of model with name '{uri.Name}'{(uri.Stage is null ? "" : $" and stage '{uri.Stage}'")} found. RegisterModel makes one; SearchModelVersions lists those there are.");
    }

    /// <summary>Files among the run's artifacts come first, then a logged model of that name, the last one that was logged.</summary>
    private async Task<LocatedModel> LocateInRunAsync(RunsUri uri, CancellationToken cancellationToken)
    {
        var run = await GetRunAsync(uri.RunId, cancellationToken);
        var location = uri.Path.Length == 0 ? run.Info.ArtifactUri : ArtifactUri.Append(run.Info.ArtifactUri, uri.Path);
        var located = new LocatedModel(uri.ToString(), location) { RunId = uri.RunId };
        if (uri.Path.Length == 0 || await HasModelAsync(location, cancellationToken))
            return located;
        return await FindModelOfRunAsync(run, uri.Path, cancellationToken) is { } model ? LocatedModel.Of(model) : located;
    }

    private async Task<bool> HasModelAsync(string location, CancellationToken cancellationToken)
    {
        try
        {
            return (await ArtifactsAt(location).ListArtifactsAsync(null, cancellationToken)).Any(file => file is { Path: Model.FileName, IsDirectory: false });
        }
        catch (MlflowException cannotList) when (cannotList.ErrorCode == ErrorCode.NotImplemented)
        {
            // A plain web address tells of one file at a time.
            return await ArtifactsAt(location).ExistsAsync(Model.FileName, cancellationToken);
        }
    }

    /// <summary>The logged model of a name that a run made, the one of the largest step; null when there is none.</summary>
    private async Task<LoggedModel?> FindModelOfRunAsync(Run run, string name, CancellationToken cancellationToken)
    {
        var models = await ModelsOfRunAsync(run, cancellationToken);
        return models.Where(made => made.Model.Name == name).OrderBy(made => made.Step).ThenBy(made => made.Model.CreationTime).Select(made => made.Model).LastOrDefault();
    }

    /// <summary>The logged models that a run made and that are not deleted.</summary>
    private async Task<IReadOnlyList<(LoggedModel Model, long Step)>> ModelsOfRunAsync(Run run, CancellationToken cancellationToken)
    {
        var models = new List<(LoggedModel, long)>();
        foreach (var output in run.Outputs.ModelOutputs)
        {
            try
            {
                models.Add((await GetLoggedModelAsync(output.ModelId, cancellationToken), output.Step));
            }
            catch (MlflowException deleted) when (deleted.ErrorCode == ErrorCode.ResourceDoesNotExist)
            {
                // The run remembers models that were deleted.
            }
        }

        return models;
    }

    /// <summary>Lists a folder of a logged model of the run, which is called by its name.</summary>
    private async Task<IReadOnlyList<ArtifactInfo>> ListInModelAsync(Run run, string path, CancellationToken cancellationToken)
    {
        var (model, inside) = await InModelAsync(run, path, cancellationToken);
        return model is null
            ? []
            : [.. (await ArtifactsAt(model.ArtifactLocation).ListArtifactsAsync(inside.Length == 0 ? null : inside, cancellationToken)).Select(entry => entry with { Path = $"{model.Name}/{entry.Path}" })];
    }

    /// <summary>Cuts a path among a run's artifacts into one of its logged models and a path inside that; no model when there is none of that name.</summary>
    private async Task<(LoggedModel? Model, string Inside)> InModelAsync(Run run, string path, CancellationToken cancellationToken)
    {
        var clean = ArtifactPath.CheckFolder(path) ?? "";
        var slash = clean.IndexOf('/', StringComparison.Ordinal);
        return (await FindModelOfRunAsync(run, slash < 0 ? clean : clean[..slash], cancellationToken), slash < 0 ? "" : clean[(slash + 1)..]);
    }

    /// <summary>Where a model is, and what is known of it.</summary>
    /// <param name="Source">How a registered version would name it.</param>
    /// <param name="Location">Where its files are.</param>
    private sealed record LocatedModel(string Source, string Location)
    {
        public ModelVersion? Version { get; init; }

        public string? RunId { get; init; }

        public string? ModelId { get; init; }

        public static LocatedModel Of(LoggedModel model) => new(model.ModelUri, model.ArtifactLocation) { ModelId = model.ModelId, RunId = model.SourceRunId };
    }
}
