using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Server.Users;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Artifacts;

/// <summary>artifacts/presigned-…-url: files of runs and logged models whose location is a storage that clients reach themselves.</summary>
internal sealed class PresignedUrlHandlers(ITrackingStore store, ServedArtifacts artifacts, Permissions? permissions, TimeSpan downloadValidity)
{
    private const int LongestSeconds = 7 * 24 * 60 * 60; // S3's limit.
    private static readonly TimeSpan UploadValidity = TimeSpan.FromMinutes(15);

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreatePresignedUploadUrl, SignWriteAsync),
        .. Route.Of(Endpoints.CreatePresignedDownloadUrl, SignReadAsync),
    ];

    /// <summary>For how long an address is to hold; refuses what storages would refuse only when it is used.</summary>
    public static TimeSpan ValidityOf(long? asked, TimeSpan otherwise)
    {
        var seconds = asked ?? (long)otherwise.TotalSeconds;
        return seconds is >= 1 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds) : throw MlflowException.Invalid(
            FormattableString.Invariant($"expiration must be between 1 and {LongestSeconds} seconds (got {seconds})."));
    }

    private async Task<RestResponse> SignWriteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<PresignedUrlRequest>(["path"], cancellationToken);
        var (runId, modelId) = (WireText.OrNull(request.RunId), WireText.OrNull(request.ModelId));
        if (runId is null == modelId is null)
            throw MlflowException.Invalid("Exactly one of run_id and model_id must be provided.");
        var path = ArtifactPath.CheckFile(request.Path!);
        var validity = ValidityOf(request.Expiration, UploadValidity);
        var (experimentId, location) = runId is not null ? await OfRunAsync(runId, cancellationToken) : await OfModelAsync(modelId!, cancellationToken);
        permissions?.Require(ResourceKind.Experiment, experimentId, Permission.Edit);
        var storage = StorageOf(location, "Presigned upload", "proxied artifact storage", "a direct cloud storage artifact URI");
        return Answer(await storage.SignWriteAsync(path, validity));
    }

    private async Task<RestResponse> SignReadAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<PresignedUrlRequest>(["run_id", "path"], cancellationToken);
        var path = ArtifactPath.CheckFile(request.Path!);
        var validity = ValidityOf(request.Expiration, downloadValidity);
        var (_, location) = await OfRunAsync(request.RunId!, cancellationToken);
        var storage = StorageOf(location, "Presigned download", "runs with proxied artifact storage", "a run with a direct cloud storage artifact URI");
        return Answer(await storage.SignReadAsync(path, validity, cancellationToken));
    }

    private async Task<(string ExperimentId, string Location)> OfRunAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await RunHandlers.FindAsync(store, runId, cancellationToken);
        return (run.Info.ExperimentId, run.Info.ArtifactUri);
    }

    private async Task<(string ExperimentId, string Location)> OfModelAsync(string modelId, CancellationToken cancellationToken)
    {
        var model = await store.GetLoggedModelAsync(modelId, cancellationToken);
        return (model.ExperimentId, model.ArtifactLocation);
    }

    private ISignedArtifactRepository StorageOf(string location, string what, string proxied, string needed)
    {
        if (ServedArtifacts.IsProxied(location) || location.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            throw MlflowException.Invalid(
                $"{what} is not supported for {proxied} (artifact URI scheme: {ArtifactUri.SchemeOf(location)}). This endpoint requires {needed}. Send and get these files through the server.");
        }

        return ServedArtifacts.ToSigned(artifacts.At(location).Repository, what, $"The files are in '{location}', which clients have to reach themselves.");
    }

    private static RestResponse Answer(SignedAddress address) =>
        Answers.Json(new PresignedUrlResponse { PresignedUrl = address.Url, Headers = address.Headers.Count == 0 ? null : address.Headers, FileSize = address.FileSize });
}
