using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Lists one folder of the run's artifacts, sorted by path. The files of a logged model that the run made are found under its name, as in MLflow's <c>runs:/</c> URIs.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="path">Folder to list; null for the top.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string runId, string? path = null, CancellationToken cancellationToken = default)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        var own = await ArtifactsAt(run.Info.ArtifactUri).ListArtifactsAsync(path, cancellationToken);
        return own.Count > 0 || string.IsNullOrEmpty(path) || run.Outputs.ModelOutputs.Count == 0 ? own : await ListInModelAsync(run, path, cancellationToken);
    }

    /// <inheritdoc cref="ListArtifactsAsync"/>
    public IReadOnlyList<ArtifactInfo> ListArtifacts(string runId, string? path = null) => Wait(ListArtifactsAsync(runId, path));

    /// <summary>Makes artifacts available locally and returns their full path.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="path">File or folder; empty for everything.</param>
    /// <param name="destinationDirectory">Folder to copy into, where the copy gets the same path; made when missing. Null uses a local original in place, and copies others into a new temporary folder.</param>
    /// <param name="transfer">Progress, parallelism; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call. What has arrived of a large file stays, and the same call goes on from there.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; DATA_LOSS when what arrived is not what the storage announced; RESOURCE_EXHAUSTED when no space is left.</exception>
    public async Task<string> DownloadArtifactsAsync(string runId, string path, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        var own = ArtifactsAt(run.Info.ArtifactUri);
        if (run.Outputs.ModelOutputs.Count > 0 && path.Length > 0 && !await own.ExistsAsync(path, cancellationToken)
            && await InModelAsync(run, path, cancellationToken) is var (model, inside) && model is not null)
        {
            return await ArtifactTransfer.DownloadAsync(
                ArtifactsAt(model.ArtifactLocation), inside, destinationDirectory is null ? null : Path.Combine(destinationDirectory, model.Name), transfer, cancellationToken);
        }

        return await ArtifactTransfer.DownloadAsync(own, path, destinationDirectory, transfer, cancellationToken);
    }

    /// <inheritdoc cref="DownloadArtifactsAsync(string, string, string?, ArtifactTransferOptions?, CancellationToken)"/>
    public string DownloadArtifacts(string runId, string path, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null) => Wait(DownloadArtifactsAsync(runId, path, destinationDirectory, transfer));

    private IArtifactRepository ArtifactsAt(string artifactUri) => _artifacts.Get(artifactUri);

    private async Task<IArtifactRepository> ArtifactsOfAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        return run.Info.LifecycleStage == LifecycleStage.Active
            ? ArtifactsAt(run.Info.ArtifactUri)
            : throw MlflowException.Invalid($"The run {runId} must be in the 'active' state. Current state is deleted. Restore it with RestoreRun(\"{runId}\"), or log to another run.");
    }
}
