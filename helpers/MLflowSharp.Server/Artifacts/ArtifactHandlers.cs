using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Server.Users;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Artifacts;

/// <summary>Files by what they belong to: a run, a logged model, a version of a registered model.</summary>
internal sealed class ArtifactHandlers(MlflowStores stores, ServedArtifacts artifacts, Permissions? permissions)
{
    /// <summary>What MLflow's pages may upload: 10 MB.</summary>
    private const int LongestUpload = 10 * 1024 * 1024;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.ListArtifacts, ListAsync),
        .. Route.Of(Endpoints.ListLoggedModelArtifacts, ListOfModelAsync),
        .. Route.Of(Endpoints.ListLoggedModelArtifacts with { Path = "mlflow/logged-models/{model_id}/artifacts/files", OnlyForPages = true }, GetOfModelAsync),
        .. Route.Of(Endpoints.ListArtifacts with { Method = HttpMethod.Post, Path = "mlflow/upload-artifact", OnlyForPages = true }, UploadAsync),
        new("GET", "/get-artifact", GetAsync),
        new("GET", "/model-versions/get-artifact", GetOfVersionAsync),
    ];

    private async Task<RestResponse> ListAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ListArtifactsRequest>(["run_id"], cancellationToken);
        ArtifactPath.CheckFolder(request.Path);
        var run = await RunHandlers.FindAsync(stores.Tracking, WireText.OrNull(request.RunId) ?? request.RunUuid!, cancellationToken);
        return Listing(run.Info.ArtifactUri, await artifacts.ListAsync(run.Info.ArtifactUri, request.Path, cancellationToken));
    }

    private async Task<RestResponse> ListOfModelAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ListLoggedModelArtifactsRequest>(cancellationToken);
        var model = await stores.Tracking.GetLoggedModelAsync(call["model_id"], cancellationToken);
        return Listing(model.ArtifactLocation, await artifacts.ListAsync(model.ArtifactLocation, request.ArtifactDirectoryPath, cancellationToken));
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var path = PathOf(call, "path");
        var runId = WireText.OrNull(call.QueryValue("run_id")) ?? WireText.OrNull(call.QueryValue("run_uuid")) ?? throw MessageFields<ListArtifactsRequest>.Missing("run_id");
        var run = await RunHandlers.FindAsync(stores.Tracking, runId, cancellationToken);
        return await OpenAsync(call, run.Info.ArtifactUri, path, cancellationToken);
    }

    private async Task<RestResponse> GetOfModelAsync(RestCall call, CancellationToken cancellationToken)
    {
        var path = PathOf(call, "artifact_file_path");
        var model = await stores.Tracking.GetLoggedModelAsync(call["model_id"], cancellationToken);
        return await OpenAsync(call, model.ArtifactLocation, path, cancellationToken);
    }

    private async Task<RestResponse> GetOfVersionAsync(RestCall call, CancellationToken cancellationToken)
    {
        var path = PathOf(call, "path");
        var (name, version) = (WireText.OrNull(call.QueryValue("name")), WireText.OrNull(call.QueryValue("version")));
        if (name is null || version is null)
            throw MessageFields<ModelVersionRequest>.Missing(name is null ? "name" : "version");
        var location = await stores.Registry.GetModelVersionDownloadUriAsync(name, version, cancellationToken);
        return await OpenAsync(call, await ModelLocation.ResolveAsync(stores, location, cancellationToken), path, cancellationToken);
    }

    private async Task<RestResponse> UploadAsync(RestCall call, CancellationToken cancellationToken)
    {
        var runId = WireText.OrNull(call.QueryValue("run_uuid")) ?? throw MlflowException.Invalid("Request must specify run_uuid.");
        var path = ArtifactPath.CheckFile(WireText.OrNull(call.QueryValue("path")) ?? throw MlflowException.Invalid("Request must specify path."));
        var data = await ReadUploadAsync(call.Request.Body, cancellationToken);
        var run = await RunHandlers.FindAsync(stores.Tracking, runId, cancellationToken);
        permissions?.Require(ResourceKind.Experiment, run.Info.ExperimentId, Permission.Edit);
        var (repository, folder) = artifacts.At(run.Info.ArtifactUri);
        await repository.WriteAsync(ArtifactPath.Combine(folder, path), (file, cancellation) => file.WriteAsync(data, cancellation).AsTask(), cancellationToken);
        return Answers.Done();
    }

    private static async Task<ReadOnlyMemory<byte>> ReadUploadAsync(Stream body, CancellationToken cancellationToken)
    {
        var data = await RestCall.ReadAsync(body, LongestUpload, "Artifact size is too large. Max size is 10MB. Log greater files with a client.", cancellationToken);
        return data.Length > 0 ? data : throw MlflowException.Invalid("Request must specify data.");
    }

    private async Task<RestResponse> OpenAsync(RestCall call, string location, string path, CancellationToken cancellationToken)
    {
        var (repository, folder) = artifacts.At(location);
        return await ArtifactAnswer.OpenAsync(call, repository, ArtifactPath.Combine(folder, path), cancellationToken);
    }

    private static string PathOf(RestCall call, string key) =>
        ArtifactPath.CheckFile(WireText.OrNull(call.QueryValue(key)) ?? throw new MlflowException($"Request must include the \"{key}\" query parameter.", ErrorCode.BadRequest));

    private static RestResponse Listing(string root, IReadOnlyList<ArtifactInfo> entries) =>
        Answers.Json(new ListArtifactsResponse { RootUri = root, Files = entries.Count == 0 ? null : [.. entries.Select(FileInfoMessage.From)] });
}
