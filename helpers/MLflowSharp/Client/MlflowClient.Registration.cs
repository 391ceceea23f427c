using MLflowSharp.Artifacts;
using MLflowSharp.Registry;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>How many folders are looked through for a model that is not where it was said to be.</summary>
    private const int MostFoldersSearched = 200;

    /// <summary>
    /// Makes a model the next version of a registered model, which is created when missing
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.register_model), and waits until it can be used.
    /// </summary>
    /// <param name="modelUri">The model: <c>runs:/…/model</c>, <c>models:/m-…</c>, a version of another registered model, or a folder.</param>
    /// <param name="name">The registered model.</param>
    /// <param name="awaitRegistrationFor">How long to wait until it is ready; null for 5 minutes, zero for not at all.</param>
    /// <param name="tags">Tags of the version; null for none.</param>
    /// <param name="cancellationToken">Cancels the call. A version that was created stays.</param>
    /// <exception cref="MlflowException">
    /// RESOURCE_DOES_NOT_EXIST when there is no model, which is a folder with the file <c>MLmodel</c>; the message names the nearest one that has it. Nothing was registered.
    /// </exception>
    public async Task<ModelVersion> RegisterModelAsync(string modelUri, string name, TimeSpan? awaitRegistrationFor = null, IReadOnlyDictionary<string, string>? tags = null, CancellationToken cancellationToken = default)
    {
        Validation.RegistryRules.CheckModelName(name);
        var model = await LocateModelAsync(modelUri, cancellationToken);
        if (!await HasModelAsync(model.Location, cancellationToken))
            throw await NoModelAsync(modelUri, model, cancellationToken);
        await EnsureRegisteredModelAsync(name, cancellationToken);
        // Of a run's own artifacts the address is registered, as MLflow does: it needs no look-up.
        var source = RunsUri.Matches(model.Source) ? model.Location : model.Source;
        return await CreateModelVersionAsync(name, source, model.RunId, tags, awaitCreationFor: awaitRegistrationFor, modelId: model.ModelId, cancellationToken: cancellationToken);
    }

    /// <inheritdoc cref="RegisterModelAsync"/>
    public ModelVersion RegisterModel(string modelUri, string name, TimeSpan? awaitRegistrationFor = null, IReadOnlyDictionary<string, string>? tags = null) => Wait(RegisterModelAsync(modelUri, name, awaitRegistrationFor, tags));

    /// <summary>
    /// Makes a version the next version of another registered model, which is created when missing
    /// (https://mlflow.org/docs/latest/ml/model-registry/workflow/#promoting-an-mlflow-model-across-environments). Tags, description and run come along, the files stay where they are.
    /// </summary>
    /// <param name="sourceModelUri">The version: <c>models:/name/2</c>, <c>models:/name@alias</c> or <c>models:/name/latest</c>.</param>
    /// <param name="destinationName">The registered model that gets it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ModelVersion> CopyModelVersionAsync(string sourceModelUri, string destinationName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sourceModelUri);
        Validation.RegistryRules.CheckModelName(destinationName);
        var uri = ModelUri.Parse(sourceModelUri);
        if (uri.ModelId is not null)
            throw MlflowException.Invalid($"'{sourceModelUri}' is not a registered model's version. Write models:/name/version or models:/name@alias; RegisterModel registers a logged model.");
        var version = await ResolveVersionAsync(uri, cancellationToken);
        await EnsureRegisteredModelAsync(destinationName, cancellationToken);
        return await CreateModelVersionAsync(
            destinationName, $"models:/{version.Name}/{version.Version}", version.RunId, version.Tags, version.RunLink, version.Description, cancellationToken: cancellationToken);
    }

    /// <inheritdoc cref="CopyModelVersionAsync"/>
    public ModelVersion CopyModelVersion(string sourceModelUri, string destinationName) => Wait(CopyModelVersionAsync(sourceModelUri, destinationName));

    private async Task EnsureRegisteredModelAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await CreateRegisteredModelAsync(name, cancellationToken: cancellationToken);
        }
        catch (MlflowException existing) when (existing.ErrorCode is ErrorCode.ResourceAlreadyExists or ErrorCode.AlreadyExists)
        {
            // Another version of it, then.
        }
    }

    private async Task<MlflowException> NoModelAsync(string modelUri, LocatedModel model, CancellationToken cancellationToken)
    {
        var hint = "Log one first, for instance with OnnxFlavor.LogModel.";
        if (RunsUri.Matches(modelUri))
        {
            var uri = RunsUri.Parse(modelUri);
            var run = await GetRunAsync(uri.RunId, cancellationToken);
            var found = await FindModelsAsync(run, cancellationToken);
            hint = found.Count > 0
                ? $"Did you mean {NearestNames.Find(uri.ToString(), found, count: 1)[0]}? The run has {Listed(found, "model", "models")}."
                : (await ListArtifactsAsync(uri.RunId, cancellationToken: cancellationToken)) is { Count: > 0 } files
                    ? $"The run has no model, only {Listed([.. files.Select(file => file.Path)], "artifact", "artifacts")}. {hint}"
                    : $"The run has no artifacts. {hint}";
        }
        else if (await FindModelsAsync(model.Location, cancellationToken) is { Count: > 0 } near)
        {
            hint = $"Did you mean {NearestNames.Find(model.Location, near, count: 1)[0]}?";
        }

        return MlflowException.Missing($"There is no model at '{modelUri}': no file {Model.FileName} in {model.Location}. {hint}");
    }

    /// <summary>The models of a run, as URIs: folders among its artifacts that hold MLmodel, and logged models.</summary>
    private async Task<IReadOnlyList<string>> FindModelsAsync(Run run, CancellationToken cancellationToken)
    {
        var folders = await FoldersOfModelsAsync(ArtifactsAt(run.Info.ArtifactUri), int.MaxValue, cancellationToken);
        var made = await ModelsOfRunAsync(run, cancellationToken);
        return
        [
            .. folders.Select(folder => folder.Length == 0 ? $"runs:/{run.Info.RunId}" : $"runs:/{run.Info.RunId}/{folder}")
                .Concat(made.Select(logged => $"runs:/{run.Info.RunId}/{logged.Model.Name}")).Distinct(),
        ];
    }

    /// <summary>The models in a folder or beside it, as addresses.</summary>
    private async Task<IReadOnlyList<string>> FindModelsAsync(string location, CancellationToken cancellationToken)
    {
        foreach (var (place, depth) in ((string, int)[])[(location, int.MaxValue), (ArtifactUri.SplitName(location).Folder, 1)])
        {
            if (ArtifactUri.ToLocalPath(place) is { } local && !Directory.Exists(local))
                continue;
            try
            {
                var found = await FoldersOfModelsAsync(ArtifactsAt(place), depth, cancellationToken);
                if (found.Count > 0)
                    return [.. found.Select(folder => folder.Length == 0 ? place : ArtifactUri.Append(place, folder))];
            }
            catch (MlflowException cannotList) when (cannotList.ErrorCode is ErrorCode.NotImplemented or ErrorCode.PermissionDenied or ErrorCode.ResourceDoesNotExist)
            {
                // Then there is nothing to suggest.
            }
        }

        return [];
    }

    private static async Task<IReadOnlyList<string>> FoldersOfModelsAsync(IArtifactRepository repository, int depth, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var folders = new Queue<(string? Path, int Depth)>([(null, 0)]);
        for (var searched = 0; searched < MostFoldersSearched && folders.TryDequeue(out var folder); searched++)
        {
            foreach (var entry in await repository.ListArtifactsAsync(folder.Path, cancellationToken))
            {
                if (entry.IsDirectory && folder.Depth < depth)
                    folders.Enqueue((entry.Path, folder.Depth + 1));
                else if (!entry.IsDirectory && ArtifactPath.Split(entry.Path).Name == Model.FileName)
                    found.Add(folder.Path ?? "");
            }
        }

        return found;
    }
}
