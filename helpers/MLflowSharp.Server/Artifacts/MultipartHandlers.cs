using System.Globalization;
using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Users;

namespace MLflowSharp.Server.Artifacts;

/// <summary>mlflow-artifacts/mpu/… and mlflow-artifacts/presigned: large files of the server's own storage, which clients send and get past the server.</summary>
internal sealed class MultipartHandlers(ServedArtifacts artifacts, Permissions? permissions, TimeSpan validity)
{
    private const int MostParts = ArtifactTransferOptions.MostParts;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateMultipartUpload, CreateAsync),
        .. Route.Of(Endpoints.CompleteMultipartUpload, CompleteAsync),
        .. Route.Of(Endpoints.AbortMultipartUpload, AbortAsync),
        .. Route.Of(Endpoints.GetPresignedDownloadUrl, SignAsync),
    ];

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CreateMultipartUploadRequest>(["path"], cancellationToken);
        var path = PathOf(call, request.Path!);
        var storage = Parts();
        var count = request.NumParts ?? 1;
        if (count is < 1 or > MostParts)
            throw MlflowException.Invalid(FormattableString.Invariant($"Invalid value {count} for parameter 'num_parts' supplied: a file has 1 to {MostParts} parts. Make the parts larger."));
        var upload = await storage.BeginPartsAsync(path, (int)count, cancellationToken);
        return Answers.Json(new CreateMultipartUploadResponse
        {
            UploadId = upload.UploadId,
            Credentials = [.. upload.Urls.Select((url, index) => new MultipartUploadCredentialMessage { Url = url, PartNumber = index + 1 })],
        });
    }

    private async Task<RestResponse> CompleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CompleteMultipartUploadRequest>(["path", "upload_id", "parts"], cancellationToken);
        var path = PathOf(call, request.Path!);
        var storage = Parts();
        var parts = new List<(int, string)>();
        foreach (var part in request.Parts!)
        {
            parts.Add(part is { PartNumber: >= 1 and <= MostParts, Etag: { Length: > 0 } tag } ? ((int)part.PartNumber, tag) : throw MlflowException.Invalid(string.Create(
                CultureInfo.InvariantCulture, $"Part {part.PartNumber} of '{request.Path}' has no number from 1 to {MostParts} or no entity tag. Name each part as the storage answered it. The upload still waits.")));
        }

        await storage.CompletePartsAsync(path, request.UploadId!, parts, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> AbortAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CompleteMultipartUploadRequest>(["path", "upload_id"], cancellationToken);
        var path = PathOf(call, request.Path!);
        await Parts().AbortPartsAsync(path, request.UploadId!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SignAsync(RestCall call, CancellationToken cancellationToken)
    {
        var path = ArtifactPath.CheckFile(call["path"]);
        permissions?.RequireArtifact(path, Permission.Read);
        var storage = ServedArtifacts.ToSigned(artifacts.Destination, "Multipart download", "Get the file through the server.");
        var address = await storage.SignReadAsync(path, PresignedUrlHandlers.ValidityOf(null, validity), cancellationToken);
        return Answers.OneLineJson(new PresignedDownloadResponse { Url = address.Url, Headers = address.Headers, FileSize = address.FileSize });
    }

    private ISignedArtifactRepository Parts() => ServedArtifacts.ToSigned(artifacts.Destination, "Multipart upload", "Send the file whole, through the server.");

    /// <summary>The folder is in the address; of the file, which clients name with their own folders, only the name counts.</summary>
    private string PathOf(RestCall call, string file)
    {
        var path = ArtifactPath.CheckFile(ArtifactPath.Combine(ArtifactPath.CheckFolder(call["path"]), file[(file.LastIndexOfAny(['/', '\\']) + 1)..]));
        permissions?.RequireArtifact(path, Permission.Edit);
        return path;
    }
}
