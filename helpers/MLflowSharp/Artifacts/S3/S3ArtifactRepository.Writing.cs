using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Artifacts.S3;

/// <remarks>
/// Each request carries the MD5 of its content, which every service checks. A file of several parts is looked at once more when it is
/// complete, since not every service answers with its entity tag.
/// </remarks>
internal sealed partial class S3ArtifactRepository
{
    private const long Mebibyte = 1 << 20;
    private static readonly long[] UsualPartSizes = [.. new long[] { 5, 8, 10, 16, 25, 32, 50, 64, 100, 128, 256, 512 }.Select(size => size * Mebibyte)];
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(30);

    protected override Task SendAsync(UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken) =>
        CallAsync($"The artifact '{path}' cannot be written to '{Location}'", async client =>
        {
            if (source.Length >= transfer.MultipartThreshold)
                await SendPartsAsync(client, source, path, transfer, cancellationToken);
            else
                await SendWholeAsync(client, source, path, transfer, cancellationToken);
            return true;
        });

    private async Task SendWholeAsync(IAmazonS3 client, UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        await using var content = source.OpenRead();
        var request = new PutObjectRequest
        {
            BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner, ContentType = MimeTypes.Of(path),
            MD5Digest = Convert.ToBase64String(await Checksums.Md5Async(content, cancellationToken)),
            InputStream = content, AutoCloseStream = false,
            UseChunkEncoding = false, DisablePayloadSigning = _clients.IsEncrypted,
        };
        content.Position = 0;
        _extra.ApplyTo(request);
        if (transfer.Progress is { } progress)
            request.StreamTransferProgress = (_, sent) => progress.Report(new(path, sent.TransferredBytes, source.Length));
        await client.PutObjectAsync(request, cancellationToken);
    }

    private async Task SendPartsAsync(IAmazonS3 client, UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var partSize = transfer.PartSizeFor(source.Length);
        var (uploadId, there) = transfer.Resume ? await UnfinishedAsync(client, path, cancellationToken) : (null, []);
        uploadId ??= await BeginAsync(client, path, cancellationToken);
        try
        {
            var tags = new ConcurrentDictionary<int, string>();
            var done = 0L;
            var count = (int)((source.Length + partSize - 1) / partSize);
            await Parallel.ForEachAsync(
                Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = transfer.Parallelism, CancellationToken = cancellationToken }, async (number, token) =>
                {
                    await using var content = source.OpenRead((number - 1) * partSize, partSize);
                    var md5 = await Checksums.Md5Async(content, token);
                    content.Position = 0;
                    var isThere = there.TryGetValue(number, out var part) && part.Size == content.Length && md5.AsSpan().SequenceEqual(Checksums.OfEntityTag(part.ETag));
                    tags[number] = isThere ? part!.ETag : await SendPartAsync(client, path, uploadId, number, content, md5, token);
                    transfer.Progress?.Report(new(path, Interlocked.Add(ref done, content.Length), source.Length));
                });
            await CompleteAsync(client, source, path, uploadId, [.. Enumerable.Range(1, count).Select(number => tags[number])], cancellationToken);
        }
        catch when (!transfer.Resume)
        {
            await AbortAsync(client, path, uploadId);
            throw;
        }
    }

    private async Task<string> BeginAsync(IAmazonS3 client, string path, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner, ContentType = MimeTypes.Of(path) };
        _extra.ApplyTo(request);
        return (await client.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
    }

    private async Task<string> SendPartAsync(IAmazonS3 client, string path, string uploadId, int number, Stream content, byte[] md5, CancellationToken cancellationToken)
    {
        var answer = await client.UploadPartAsync(
            new()
            {
                BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner, UploadId = uploadId, PartNumber = number,
                InputStream = content, PartSize = content.Length, MD5Digest = Convert.ToBase64String(md5),
                UseChunkEncoding = false, DisablePayloadSigning = _clients.IsEncrypted,
            },
            cancellationToken);
        return answer.ETag;
    }

    private async Task CompleteAsync(IAmazonS3 client, UploadSource source, string path, string uploadId, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        await client.CompleteMultipartUploadAsync(End(path, uploadId, tags.Select((tag, index) => (index + 1, tag))), cancellationToken);
        if (await HeadAsync(client, path, cancellationToken) is not { } head || head.ContentLength != source.Length)
        {
            throw new MlflowException(
                $"The artifact '{path}' was written to '{Location}' in {tags.Count} parts, but the service does not have it whole afterwards. Send it again.", ErrorCode.DataLoss);
        }
    }

    private CompleteMultipartUploadRequest End(string path, string uploadId, IEnumerable<(int Number, string Tag)> parts) => new()
    {
        BucketName = _bucket, Key = Key(path), ExpectedBucketOwner = Owner, UploadId = uploadId,
        PartETags = [.. parts.Select(part => new PartETag(part.Number, part.Tag))],
    };

    private AbortMultipartUploadRequest GiveUp(string path, string uploadId) => new() { BucketName = _bucket, Key = Key(path), UploadId = uploadId, ExpectedBucketOwner = Owner };

    /// <summary>An upload of the same file that was interrupted, the newest one, and its parts.</summary>
    private async Task<(string? UploadId, Dictionary<int, PartDetail> Parts)> UnfinishedAsync(IAmazonS3 client, string path, CancellationToken cancellationToken)
    {
        var found = await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = Key(path), ExpectedBucketOwner = Owner }, cancellationToken);
        if ((found.MultipartUploads ?? []).Where(upload => upload.Key == Key(path)).MaxBy(upload => upload.Initiated)?.UploadId is not { } uploadId)
            return (null, []);
        var parts = new Dictionary<int, PartDetail>();
        var request = new ListPartsRequest { BucketName = _bucket, Key = Key(path), UploadId = uploadId, ExpectedBucketOwner = Owner };
        for (var more = true; more;)
        {
            var page = await client.ListPartsAsync(request, cancellationToken);
            foreach (var part in page.Parts ?? [])
                parts[part.PartNumber ?? 0] = part;
            request.PartNumberMarker = page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            more = page.IsTruncated ?? false;
        }

        return (uploadId, parts);
    }

    // What failed is what is told, not that cleaning up after it failed as well.
    private async Task AbortAsync(IAmazonS3 client, string path, string uploadId)
    {
        using var limit = new CancellationTokenSource(TimeToCleanUp);
        try
        {
            await client.AbortMultipartUploadAsync(GiveUp(path, uploadId), limit.Token);
        }
        catch (Exception error) when (S3Errors.IsOfTheService(error) || error is OperationCanceledException)
        {
            // The service removes unfinished uploads after a while, or as the bucket's rules say.
        }
    }

    /// <summary>Whether a local file would have an entity tag; for one of several parts the usual sizes of parts are tried.</summary>
    private static async Task<bool> HasTagAsync(UploadSource source, string? tag, CancellationToken cancellationToken)
    {
        if (Checksums.OfEntityTag(tag) is { } md5)
        {
            await using var content = source.OpenRead();
            return (await Checksums.Md5Async(content, cancellationToken)).AsSpan().SequenceEqual(md5);
        }

        if (tag?.Trim('"').Split('-') is not [_, var text] || !int.TryParse(text, out var count))
            return false;
        foreach (var size in UsualPartSizes.Where(size => (source.Length + size - 1) / size == count))
        {
            var parts = new List<byte[]>();
            for (var offset = 0L; offset < source.Length; offset += size)
            {
                await using var part = source.OpenRead(offset, size);
                parts.Add(await Checksums.Md5Async(part, cancellationToken));
            }

            if (Checksums.OfParts(parts) == tag.Trim('"'))
                return true;
        }

        return false;
    }
}
