using System.Net;
using MLflowSharp.Artifacts.Http;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Protocol;

namespace MLflowSharp.Artifacts.Proxied;

/// <remarks>Large files can go around the server, straight to the storage behind it, at addresses that the server signs for that.</remarks>
internal sealed partial class ProxiedArtifactRepository
{
    private const int ReportEvery = 1 << 20;
    private const long LargeForMlflow = 500L << 20; // From this size on MLflow's client goes around the server.
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(30);

    private async Task<(bool Around, bool IsAsked)> GoesAroundAsync(string variable, Func<ServerInfoMessage, bool?> says)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text)
            return (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase), true);
        return (says(await server.InfoAsync()) ?? false, false);
    }

    /// <returns>The file, read from the storage itself; null when the server does not give out addresses.</returns>
    private async Task<ArtifactContent?> OpenAroundAsync(string full, bool isAsked, ArtifactPosition? from, CancellationToken cancellationToken)
    {
        var target = $"api/2.0/mlflow-artifacts/presigned/{ArtifactPath.Encode(full)}";
        using var response = await server.Http.SendAsync(HttpMethod.Get, target, cancellationToken, accepted: isAsked ? [HttpStatusCode.NotImplemented, HttpStatusCode.NotFound] : null);
        if (!response.IsSuccessStatusCode)
            return null;
        var presigned = await server.Http.ReadAsync<PresignedDownloadResponse>(HttpMethod.Get, target, response, cancellationToken);
        if (presigned.Url is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return null;
        return await HttpFiles.OpenAsync(server.Storage(url), address.PathAndQuery, from, cancellationToken, headers =>
        {
            foreach (var (name, value) in presigned.Headers ?? new Dictionary<string, string>())
                headers.TryAddWithoutValidation(name, value);
        });
    }

    /// <returns>Whether the file was sent; false when it is to go through the server.</returns>
    private async Task<bool> SendAroundAsync(UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        if (transfer.AroundTheServer == false || source.Length < transfer.MultipartThreshold)
            return false;
        if (transfer.AroundTheServer is null)
        {
            var isAsked = Environment.GetEnvironmentVariable("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD") is { Length: > 0 };
            if ((!isAsked && source.Length < LargeForMlflow) || !(await GoesAroundAsync("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", info => info.MultipartUploadsEnabled)).Around)
                return false;
        }

        var partSize = transfer.PartSizeFor(source.Length);
        var count = (int)((source.Length + partSize - 1) / partSize);
        var (folder, name) = ArtifactPath.Split(path);
        var where = ArtifactPath.Encode(Full(folder));
        var created = $"api/2.0/mlflow-artifacts/mpu/create/{where}";
        using var response = await server.Http.SendAsync(
            HttpMethod.Post, created, cancellationToken, () => Json(new CreateMultipartUploadRequest { Path = name, NumParts = count }), accepted: [HttpStatusCode.NotImplemented, HttpStatusCode.NotFound]);
        if (!response.IsSuccessStatusCode)
            return false; // What is behind the server takes no parts, a folder for instance.
        var upload = await server.Http.ReadAsync<CreateMultipartUploadResponse>(HttpMethod.Post, created, response, cancellationToken);
        try
        {
            var parts = await SendPartsAsync(source, path, partSize, count, upload, transfer, cancellationToken);
            using var completed = await server.Http.SendAsync(
                HttpMethod.Post, $"api/2.0/mlflow-artifacts/mpu/complete/{where}", cancellationToken,
                () => Json(new CompleteMultipartUploadRequest { Path = name, UploadId = upload.UploadId, Parts = parts }));
            return true;
        }
        catch
        {
            await AbortAsync($"api/2.0/mlflow-artifacts/mpu/abort/{where}", name, upload.UploadId);
            throw;
        }
    }

    private async Task<MultipartUploadPartMessage[]> SendPartsAsync(
        UploadSource source, string path, long partSize, int count, CreateMultipartUploadResponse upload, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var places = (upload.Credentials ?? []).Where(part => part is { Url: not null, PartNumber: >= 1 }).ToDictionary(part => (int)part.PartNumber!);
        if (!Enumerable.Range(1, count).All(places.ContainsKey))
            throw new MlflowException($"The server gave out addresses for {places.Count} of the {count} parts of '{path}'. Send it again with AroundTheServer = false.", ErrorCode.InternalError);
        var (parts, done) = (new MultipartUploadPartMessage[count], 0L);
        await Parallel.ForEachAsync(
            places.Where(place => place.Key <= count), new ParallelOptions { MaxDegreeOfParallelism = transfer.Parallelism, CancellationToken = cancellationToken }, async (place, token) =>
            {
                var (number, credential) = place;
                var offset = (number - 1) * partSize;
                var length = Math.Min(partSize, source.Length - offset);
                byte[] md5;
                await using (var content = source.OpenRead(offset, length))
                    md5 = await Checksums.Md5Async(content, token);
                using var response = await server.Storage(credential.Url!).SendAsync(
                    HttpMethod.Put, new Uri(credential.Url!).PathAndQuery, token, () => new UploadContent(source, offset, length), headers =>
                    {
                        foreach (var (name, value) in credential.Headers ?? new Dictionary<string, string>())
                            headers.TryAddWithoutValidation(name, value);
                    });
                var tag = response.Headers.ETag?.Tag ?? "";
                if (Checksums.OfEntityTag(tag) is { } there && !md5.AsSpan().SequenceEqual(there))
                    throw new MlflowException($"Part {number} of '{path}' was changed on its way to the storage. Send it again.", ErrorCode.DataLoss);
                parts[number - 1] = new() { PartNumber = number, Etag = tag, Url = credential.Url };
                transfer.Progress?.Report(new(path, Interlocked.Add(ref done, length), source.Length));
            });
        return parts;
    }

    // What failed is what is told, not that cleaning up after it failed as well.
    private async Task AbortAsync(string target, string name, string? uploadId)
    {
        using var limit = new CancellationTokenSource(TimeToCleanUp);
        try
        {
            using var response = await server.Http.SendAsync(HttpMethod.Post, target, limit.Token, () => Json(new CompleteMultipartUploadRequest { Path = name, UploadId = uploadId }));
        }
        catch (Exception error) when (error is MlflowException or OperationCanceledException)
        {
            // The storage removes unfinished uploads after a while, or as its rules say.
        }
    }

    private static ByteArrayContent Json<T>(T message)
        where T : class
    {
        var content = new ByteArrayContent(ProtocolJson.Write(message));
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
