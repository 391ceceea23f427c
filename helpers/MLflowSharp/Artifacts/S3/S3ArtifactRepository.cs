using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Artifacts.S3;

/// <summary>Artifacts in a bucket of S3, Amazon's or another's such as Ceph's (https://docs.ceph.com/en/latest/radosgw/s3/).</summary>
internal sealed partial class S3ArtifactRepository : RemoteArtifactRepository
{
    private const int DeletedAtOnce = 1000; // S3's limit.
    private const string NoListing = "Listing needs the permission s3:ListBucket, for which ask the bucket's owner; a file whose whole path is known may be readable without.";
    private readonly S3Clients _clients;
    private readonly string _bucket;
    private readonly string _root;
    private readonly S3ExtraArguments _extra;

    /// <param name="location"><c>s3://bucket/path</c>.</param>
    /// <param name="clients">The SDK's client.</param>
    public S3ArtifactRepository(string location, S3Clients clients)
        : base(location)
    {
        _clients = clients;
        _extra = new(clients.Options.ExtraArguments());
        var path = location["s3://".Length..];
        path = path.IndexOfAny(['?', '#']) is var end and >= 0 ? path[..end] : path;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        _bucket = slash < 0 ? path : path[..slash];
        _root = slash < 0 ? "" : path[slash..].Trim('/');
        if (_bucket.Length == 0)
            throw MlflowException.Invalid($"The artifact location '{location}' names no bucket. Write it as s3://bucket/path.");
    }

    public override Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFolder(path);
        return CallAsync($"'{path}' in '{Location}' cannot be looked up", async client =>
        {
            if (clean.Length == 0)
                return true;
            // The file first: who may not list may still read it.
            try
            {
                if (await HeadAsync(client, clean, cancellationToken) is not null)
                    return true;
            }
            catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Forbidden)
            {
                // Some services answer so of a missing file to those who may not list.
            }

            return (await client.ListObjectsV2Async(Listing(Key(clean) + "/", 1), cancellationToken)).KeyCount > 0;
        }, NoListing);
    }

    public override Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFolder(path);
        return CallAsync($"'{path}' in '{Location}' cannot be deleted", async client =>
        {
            if (clean.Length > 0)
                await client.DeleteObjectAsync(new() { BucketName = _bucket, Key = Key(clean), ExpectedBucketOwner = Owner }, cancellationToken);
            // Listed anew after each thousand: what is deleted is no longer there to page through.
            for (var more = true; more;)
            {
                var found = await client.ListObjectsV2Async(Listing(Key(clean) is { Length: > 0 } key ? key + "/" : "", DeletedAtOnce), cancellationToken);
                more = found.IsTruncated ?? false;
                if (found.S3Objects is not { Count: > 0 } objects)
                    break;
                var request = new DeleteObjectsRequest { BucketName = _bucket, ExpectedBucketOwner = Owner, Quiet = true, Objects = [.. objects.Select(item => new KeyVersion { Key = item.Key })] };
                await client.DeleteObjectsAsync(request, cancellationToken);
            }

            return true;
        });
    }

    public override Task<bool> IsSameAsync(ArtifactInfo artifact, string localFile, CancellationToken cancellationToken = default) =>
        CallAsync($"'{artifact.Path}' in '{Location}' cannot be looked up", async client =>
        {
            var source = UploadSource.Of(localFile);
            if (await HeadAsync(client, ArtifactPath.CheckFile(artifact.Path), cancellationToken) is not { } head || head.ContentLength != source.Length)
                return false;
            return await HasTagAsync(source, head.ETag, cancellationToken);
        });

    protected override Task<IReadOnlyList<ArtifactInfo>> ListFolderAsync(string folder, CancellationToken cancellationToken)
    {
        var prefix = Key(folder) is { Length: > 0 } key ? key + "/" : "";
        return CallAsync($"'{folder}' in '{Location}' cannot be listed", async client =>
        {
            var entries = new List<ArtifactInfo>();
            var request = Listing(prefix, 1000);
            request.Delimiter = "/";
            do
            {
                var page = await client.ListObjectsV2Async(request, cancellationToken);
                // What ends in a slash, and an object without a name of its own, are the marks that some tools make for folders.
                entries.AddRange((page.CommonPrefixes ?? []).Where(item => item.Length > prefix.Length + 1).Select(item => new ArtifactInfo(Relative(item.TrimEnd('/')), IsDirectory: true, null)));
                entries.AddRange((page.S3Objects ?? []).Where(item => item.Key.Length > prefix.Length).Select(item => new ArtifactInfo(Relative(item.Key), IsDirectory: false, item.Size)));
                request.ContinuationToken = page.NextContinuationToken;
            }
            while (request.ContinuationToken is not null);

            return (IReadOnlyList<ArtifactInfo>)entries;
        }, NoListing);

        string Relative(string key) => key.StartsWith(prefix, StringComparison.Ordinal) ? ArtifactPath.Combine(folder, key[prefix.Length..]) : key;
    }

    protected override Task<ArtifactContent> OpenAsync(string path, ArtifactPosition? from, CancellationToken cancellationToken) =>
        CallAsync($"The artifact '{path}' in '{Location}' cannot be read", async client =>
        {
            var request = new GetObjectRequest { BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner };
            if (from is { Offset: > 0, Version: { } version } && from.Offset < (from.Length ?? long.MaxValue))
            {
                request.ByteRange = new ByteRange(string.Create(CultureInfo.InvariantCulture, $"bytes={from.Offset}-"));
                request.EtagToMatch = version;
            }

            GetObjectResponse response;
            try
            {
                response = await client.GetObjectAsync(request, cancellationToken);
            }
            catch (AmazonS3Exception changed) when (request.ByteRange is not null && changed.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return await OpenAsync(path, null, cancellationToken);
            }
            catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
            {
                throw Missing(path, missing);
            }

            var offset = response.HttpStatusCode == HttpStatusCode.PartialContent ? from!.Offset : 0;
            // With a key of the service's own or of the caller's, the tag is no checksum.
            var isEncrypted = response.ServerSideEncryptionMethod == ServerSideEncryptionMethod.AWSKMS || response.ServerSideEncryptionCustomerMethod?.Value is { Length: > 0 };
            return new ArtifactContent(
                new S3ContentStream(response.ResponseStream, path), offset, offset + response.ContentLength, response.ETag, isEncrypted ? null : Checksums.OfEntityTag(response.ETag), response);
        });

    private string? Owner => _clients.Options.ExpectedBucketOwner;

    private string Key(string path) => (_root.Length, path.Length) switch
    {
        (0, _) => path,
        (_, 0) => _root,
        _ => $"{_root}/{path}",
    };

    private ListObjectsV2Request Listing(string prefix, int most) => new() { BucketName = _bucket, Prefix = prefix, MaxKeys = most, ExpectedBucketOwner = Owner };

    private async Task<GetObjectMetadataResponse?> HeadAsync(IAmazonS3 client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner }, cancellationToken);
        }
        catch (AmazonS3Exception error) when (S3Errors.IsMissing(error))
        {
            return null;
        }
    }

    private async Task<T> CallAsync<T>(string failure, Func<IAmazonS3, Task<T>> call, string whenForbidden = "Ask the bucket's owner for access.")
    {
        try
        {
            return await call(_clients.Client);
        }
        catch (Exception error) when (S3Errors.IsOfTheService(error))
        {
            throw S3Errors.Of(failure, error, whenForbidden);
        }
    }
}
