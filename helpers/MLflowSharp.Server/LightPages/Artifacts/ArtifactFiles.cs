using MLflowSharp.Artifacts;
using MLflowSharp.Server.Artifacts;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>Files of runs, logged models and registered versions, for our pages.</summary>
internal sealed class ArtifactFiles(MlflowStores stores, ServedArtifacts artifacts)
{
    /// <summary>
    /// What somebody has logged is shown in a place of its own: no origin, so that it reaches neither this server nor the reader's other pages, and
    /// nothing from elsewhere. Scripts run, since figures are such pages.
    /// </summary>
    private const string Alone =
        "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; frame-ancestors 'self'";

    public async Task<ArtifactOwner> OwnerAsync(PageCall call, CancellationToken cancellationToken)
    {
        if (call["run"] is { Length: > 0 } runId)
            return Of(await RunHandlers.FindAsync(stores.Tracking, runId, cancellationToken));
        if (call["model"] is { Length: > 0 } modelId)
        {
            var model = await stores.Tracking.GetLoggedModelAsync(modelId, cancellationToken);
            return new(model.Name, model.ArtifactLocation, [("model", modelId)], model.SourceRunId is { } source ? [("Run", Address.Run(source))] : [("Experiments", "experiments")]);
        }

        var (name, version) = (call.Required("name"), call.Required("version"));
        var location = await stores.Registry.GetModelVersionDownloadUriAsync(name, version, cancellationToken);
        return new(
            $"{name}, version {version}", await ModelLocation.ResolveAsync(stores, location, cancellationToken), [("name", name), ("version", version)],
            [("Models", "models"), (name, Address.Model(name)), ($"Version {version}", Address.Version(name, version))]);
    }

    public static ArtifactOwner Of(Run run) => new(run.Info.RunName, run.Info.ArtifactUri, [("run", run.Info.RunId)], [("Runs", Address.Experiment(run.Info.ExperimentId)), (run.Info.RunName, Address.Run(run.Info.RunId))]);

    public Task<IReadOnlyList<ArtifactInfo>> ListAsync(ArtifactOwner owner, string folder, CancellationToken cancellationToken) => artifacts.ListAsync(owner.Location, folder, cancellationToken);

    /// <summary>Reads the beginning of a file.</summary>
    public async Task<byte[]> ReadAsync(ArtifactOwner owner, string path, int most, CancellationToken cancellationToken)
    {
        var (repository, folder) = artifacts.At(owner.Location);
        using var content = await repository.OpenReadAsync(ArtifactPath.Combine(folder, ArtifactPath.CheckFile(path)), null, cancellationToken);
        var buffer = new byte[most];
        var read = await content.Stream.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, cancellationToken);
        return buffer[..read];
    }

    /// <summary>Answers with a file: to save, or where it is a picture or a page to show within ours.</summary>
    public async Task<RestResponse> OpenAsync(PageCall call, CancellationToken cancellationToken)
    {
        var owner = await OwnerAsync(call, cancellationToken);
        var path = ArtifactPath.CheckFile(call.Required("path"));
        var (repository, folder) = artifacts.At(owner.Location);
        var kind = PreviewKinds.Of(path);
        var answer = await ArtifactAnswer.OpenAsync(call.Rest, repository, ArtifactPath.Combine(folder, path), cancellationToken);
        answer.Headers["Content-Security-Policy"] = Alone;
        if (call["show"] == "1" && kind is PreviewKind.Picture or PreviewKind.Html)
            answer.Headers["Content-Disposition"] = "inline";
        return answer;
    }
}
