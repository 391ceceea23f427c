using MLflowSharp.Artifacts.Http;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Protocol;

namespace MLflowSharp.Artifacts.Proxied;

/// <summary>
/// Artifacts that a tracking server keeps, <c>mlflow-artifacts:/path</c>
/// (https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/): everything goes through the server.
/// </summary>
/// <param name="location">The URI, for messages.</param>
/// <param name="root">Path of the repository on the server, without slashes at its ends.</param>
/// <param name="server">The server.</param>
internal sealed partial class ProxiedArtifactRepository(string location, string root, ProxiedServer server) : RemoteArtifactRepository(location)
{
    private readonly string _root = ArtifactPath.CheckFolder(root);

    public override async Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFolder(path);
        var full = Full(clean);
        if (full.Length == 0)
            throw MlflowException.Invalid($"'{Location}' is everything that the server keeps; name the folder to delete.");
        await CheckNameAsync(full);
        // MLflow before 3 answers with an error when there is nothing.
        if (clean.Length > 0 && !await ExistsAsync(clean, cancellationToken))
            return;
        using var response = await server.Http.SendAsync(HttpMethod.Delete, Target(full), cancellationToken, accepted: [System.Net.HttpStatusCode.NotFound]);
    }

    protected override async Task<IReadOnlyList<ArtifactInfo>> ListFolderAsync(string folder, CancellationToken cancellationToken)
    {
        var full = Full(folder);
        await CheckNameAsync(full);
        var target = $"{ProxiedServer.Artifacts}?path={Uri.EscapeDataString(full)}";
        var answer = await server.Http.CallAsync<ListArtifactsResponse>(HttpMethod.Get, target, null, cancellationToken);
        // The proxy answers with bare names. Asked for a file, some storages behind it answer with that file itself.
        var entries = (answer.Files ?? []).Select(file => new ArtifactInfo(
            ArtifactPath.Combine(folder, file.Path ?? ""), file.IsDir == true, file.IsDir == true ? null : file.FileSize ?? 0)).ToList(); // A size of 0 is left out.
        var isFileItself = entries is [{ IsDirectory: false } only] && folder.Length > 0 && only.Path == $"{folder}/{ArtifactPath.Split(folder).Name}"
            && await IsFileAsync(folder, cancellationToken);
        return isFileItself ? [] : entries;
    }

    protected override async Task<ArtifactContent> OpenAsync(string path, ArtifactPosition? from, CancellationToken cancellationToken)
    {
        var full = Full(path);
        await CheckNameAsync(full);
        try
        {
            if (await GoesAroundAsync("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", info => info.MultipartDownloadsEnabled) is var (around, isAsked) && around
                && await OpenAroundAsync(full, isAsked, from, cancellationToken) is { } direct)
            {
                return direct;
            }

            return await HttpFiles.OpenAsync(server.Http, Target(full), from, cancellationToken, beforeRetry: ThrowIfMissingAsync);
        }
        catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotFound or ErrorCode.ResourceDoesNotExist or ErrorCode.EndpointNotFound)
        {
            throw Missing(path, error);
        }

        // A server whose storage is elsewhere answers 500 for what is not there.
        async Task ThrowIfMissingAsync()
        {
            if (!await ExistsAsync(path, cancellationToken))
                throw Missing(path);
        }
    }

    protected override async Task SendAsync(UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var full = Full(path);
        await CheckNameAsync(full);
        if (await SendAroundAsync(source, path, transfer, cancellationToken))
            return;
        using var response = await server.Http.SendAsync(HttpMethod.Put, Target(full), cancellationToken, Body);

        HttpContent Body()
        {
            var (done, reported) = (0L, 0L);
            var content = new UploadContent(source, 0, source.Length, transfer.Progress is not { } progress ? null : bytes =>
            {
                done += bytes;
                if (done - reported < ReportEvery || done == source.Length)
                    return;
                reported = done;
                progress.Report(new(path, done, source.Length));
            });
            content.Headers.ContentType = new(MimeTypes.Of(path));
            return content;
        }
    }

    private static string Target(string full) => $"{ProxiedServer.Artifacts}/{ArtifactPath.Encode(full)}";

    private string Full(string path) => path.Length == 0 ? _root : ArtifactPath.Combine(_root, path);

    private async Task<bool> IsFileAsync(string path, CancellationToken cancellationToken)
    {
        var (folder, name) = ArtifactPath.Split(path);
        var target = $"{ProxiedServer.Artifacts}?path={Uri.EscapeDataString(Full(folder))}";
        var answer = await server.Http.CallAsync<ListArtifactsResponse>(HttpMethod.Get, target, null, cancellationToken);
        return (answer.Files ?? []).Any(file => file.Path == name && file.IsDir != true);
    }

    // Rather refused than stored under another name.
    private async Task CheckNameAsync(string full)
    {
        if (Uri.UnescapeDataString(full) is var decoded && decoded != full && await server.DecodesTwiceAsync())
        {
            throw MlflowException.Invalid(
                $"Invalid path of an artifact: '{full}'. MLflow's server would take it for '{decoded}', since it decodes percent signs once more than it should. Use a name without %XX.");
        }
    }
}
