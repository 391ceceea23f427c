using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Registry;
using YamlDotNet.Serialization;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const int MostReferences = 8;

    /// <summary>
    /// Makes artifacts available locally and returns their full path, as MLflow's <c>mlflow.artifacts.download_artifacts</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.download_artifacts).
    /// </summary>
    /// <param name="artifactUri">
    /// A file or folder: <c>runs:/&lt;run id&gt;/path</c>, <c>models:/name/1</c>, <c>models:/name@alias</c>, <c>models:/m-…</c> (each with a path
    /// below, too), <c>mlflow-artifacts:/…</c>, <c>s3://bucket/…</c>, <c>https://…</c> (files only), a local path or <c>file:</c> URI.
    /// </param>
    /// <param name="transfer">Progress, parallelism; null for the defaults.</param>
    /// <param name="destinationDirectory">Folder to copy into; made when missing. Null uses a local original in place, and copies others into a new temporary folder.</param>
    /// <param name="cancellationToken">Cancels the call. What has arrived of a large file stays, and the same call goes on from there.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE for a URI that is not one; NOT_IMPLEMENTED for a storage that is not supported.</exception>
    public async Task<string> DownloadArtifactsAsync(string artifactUri, ArtifactTransferOptions? transfer = null, string? destinationDirectory = null, CancellationToken cancellationToken = default)
    {
        var (repository, path, version) = await ResolveArtifactAsync(artifactUri, cancellationToken);
        var local = await ArtifactTransfer.DownloadAsync(repository, path, destinationDirectory, transfer, cancellationToken);
        // MLflow leaves the same note in what it downloads from the registry.
        if (version is not null && path.Length == 0 && (destinationDirectory is not null || repository.GetLocalPath("") is null))
        {
            var note = new Dictionary<string, string> { ["model_name"] = version.Name, ["model_version"] = version.Version };
            await File.WriteAllTextAsync(
                Path.Combine(local, "registered_model_meta"), new SerializerBuilder().WithQuotingNecessaryStrings().WithNewLine("\n").Build().Serialize(note), cancellationToken);
        }

        return local;
    }

    /// <inheritdoc cref="DownloadArtifactsAsync(string, ArtifactTransferOptions?, string?, CancellationToken)"/>
    public string DownloadArtifacts(string artifactUri, ArtifactTransferOptions? transfer = null, string? destinationDirectory = null) =>
        Wait(DownloadArtifactsAsync(artifactUri, transfer, destinationDirectory));

    /// <summary>Finds where a URI leads: a repository, the path in it, and the registered version that it is of, if any.</summary>
    internal async Task<(IArtifactRepository Repository, string Path, ModelVersion? Version)> ResolveArtifactAsync(string artifactUri, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactUri);
        var (uri, below) = (artifactUri, "");
        ModelVersion? version = null;
        for (var references = 0; references < MostReferences; references++)
        {
            if (RunsUri.Matches(uri))
            {
                var (repository, path) = await ResolveRunAsync(uri, below, cancellationToken);
                return (repository, path, version);
            }

            if (!ModelUri.Matches(uri))
            {
                if (references > 0)
                    return (ArtifactsAt(uri), below, version);
                var (folder, name) = ArtifactUri.SplitName(uri);
                return (ArtifactsAt(folder), name, null);
            }

            var (model, inside) = ModelUri.Split(uri);
            below = Join(ArtifactPath.CheckFolder(Uri.UnescapeDataString(inside)), below);
            var named = ModelUri.Parse(model);
            if (named.ModelId is { } modelId)
            {
                uri = (await GetLoggedModelAsync(modelId, cancellationToken)).ArtifactLocation;
                continue;
            }

            version ??= await ResolveVersionAsync(named, cancellationToken);
            var found = references == 0 ? version : await ResolveVersionAsync(named, cancellationToken);
            uri = await GetModelVersionDownloadUriAsync(found.Name, found.Version, cancellationToken);
        }

        throw MlflowException.Invalid($"The URI '{artifactUri}' leads from one model to another without end. Look at the sources of its versions.");
    }

    private async Task<(IArtifactRepository Repository, string Path)> ResolveRunAsync(string uri, string below, CancellationToken cancellationToken)
    {
        var named = RunsUri.Parse(uri);
        var run = await GetRunAsync(named.RunId, cancellationToken);
        var path = Join(ArtifactPath.CheckFolder(Uri.UnescapeDataString(named.Path)), below);
        var repository = ArtifactsAt(run.Info.ArtifactUri);
        if (path.Length == 0 || run.Outputs.ModelOutputs.Count == 0 || await repository.ExistsAsync(path, cancellationToken))
            return (repository, path);

        // Since MLflow 3 a run's models are kept beside it, and runs:/<run id>/<name> leads to them.
        var (model, inside) = await InModelAsync(run, path, cancellationToken);
        return model is null ? (repository, path) : (ArtifactsAt(model.ArtifactLocation), inside);
    }

    private static string Join(string folder, string path) => path.Length == 0 ? folder : ArtifactPath.Combine(folder, path);
}
