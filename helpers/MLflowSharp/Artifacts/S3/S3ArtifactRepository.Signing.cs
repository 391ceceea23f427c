using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Artifacts.S3;

/// <remarks>Addresses are signed here, without asking the service (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html).</remarks>
internal sealed partial class S3ArtifactRepository : ISignedArtifactRepository
{
    // As long as boto3's hold when nothing is said.
    private static readonly TimeSpan PartsValidity = TimeSpan.FromHours(1);

    public Task<SignedParts> BeginPartsAsync(string artifactFile, int count, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return CallAsync($"The artifact '{path}' cannot be written to '{Location}'", async client =>
        {
            var uploadId = await BeginAsync(client, path, cancellationToken);
            try
            {
                var urls = new string[count];
                for (var number = 1; number <= count; number++)
                {
                    var request = Address(path, HttpVerb.PUT, PartsValidity);
                    (request.UploadId, request.PartNumber) = (uploadId, number);
                    urls[number - 1] = await client.GetPreSignedURLAsync(request);
                }

                return new SignedParts(uploadId, urls);
            }
            catch
            {
                await AbortAsync(client, path, uploadId);
                throw;
            }
        });
    }

    public Task CompletePartsAsync(string artifactFile, string uploadId, IReadOnlyList<(int Number, string Tag)> parts, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return CallAsync($"The artifact '{path}' cannot be written to '{Location}'", async client =>
            await client.CompleteMultipartUploadAsync(End(path, uploadId, parts.OrderBy(part => part.Number)), cancellationToken));
    }

    public Task AbortPartsAsync(string artifactFile, string uploadId, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return CallAsync($"The upload of the artifact '{path}' to '{Location}' cannot be given up", async client =>
            await client.AbortMultipartUploadAsync(GiveUp(path, uploadId), cancellationToken));
    }

    public Task<SignedAddress> SignReadAsync(string artifactFile, TimeSpan validity, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return CallAsync($"The artifact '{path}' in '{Location}' cannot be read", async client =>
        {
            var head = await HeadAsync(client, path, cancellationToken) ?? throw Missing(path);
            var request = Address(path, HttpVerb.GET, validity);
            // A browser that is given the address saves the file, and runs no page that somebody has logged.
            request.ResponseHeaderOverrides = new() { ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = ArtifactPath.Split(path).Name }.ToString() };
            return new SignedAddress(await client.GetPreSignedURLAsync(request), new Dictionary<string, string>(), head.ContentLength);
        });
    }

    public Task<SignedAddress> SignWriteAsync(string artifactFile, TimeSpan validity)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return CallAsync($"The artifact '{path}' cannot be written to '{Location}'", async client =>
        {
            var headers = _extra.ToHeaders();
            headers.TryAdd("Content-Type", MimeTypes.Of(path));
            var request = Address(path, HttpVerb.PUT, validity);
            foreach (var (name, value) in headers)
                request.Headers[name] = value;
            return new SignedAddress(await client.GetPreSignedURLAsync(request), headers);
        });
    }

    // The SDK signs with the time of the system, and so the end is counted from it, too.
    private GetPreSignedUrlRequest Address(string path, HttpVerb verb, TimeSpan validity) => new()
    {
        BucketName = _bucket, Key = Key(path), Verb = verb, Protocol = _clients.IsEncrypted ? Amazon.S3.Protocol.HTTPS : Amazon.S3.Protocol.HTTP,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime + validity,
    };
}
