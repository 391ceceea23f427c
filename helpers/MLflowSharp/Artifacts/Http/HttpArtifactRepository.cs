using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Stores;

namespace MLflowSharp.Artifacts.Http;

/// <summary>Files at a plain web address: they can be read and nothing else. The client's credentials are for its tracking server and are not sent.</summary>
/// <param name="location">The address of the folder.</param>
/// <param name="connect">Gives the connection to a server.</param>
internal sealed class HttpArtifactRepository(string location, Func<string, ArtifactHttp> connect) : RemoteArtifactRepository(StoreUri.WithoutSecrets(location))
{
    public override async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            using var content = await OpenReadAsync(path, null, cancellationToken);
            return true;
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return false;
        }
    }

    public override Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.CheckFolder(path);
        throw ReadOnly("deleted");
    }

    protected override Task<IReadOnlyList<ArtifactInfo>> ListFolderAsync(string folder, CancellationToken cancellationToken) => throw new MlflowException(
        $"What is at '{Location}' cannot be listed: a web address has no folders. Name the file, for instance {Location}/model.onnx.", ErrorCode.NotImplemented);

    protected override async Task<ArtifactContent> OpenAsync(string path, ArtifactPosition? from, CancellationToken cancellationToken)
    {
        try
        {
            return await HttpFiles.OpenAsync(connect, new Uri(ArtifactUri.Append(location, ArtifactPath.Encode(path))), from, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotFound or ErrorCode.EndpointNotFound)
        {
            throw Missing(path, error);
        }
    }

    protected override Task SendAsync(UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken) => throw ReadOnly("written");

    private MlflowException ReadOnly(string what) => new(
        $"Nothing can be {what} at '{Location}': a plain web address can only be read. Use mlflow-artifacts:, s3: or a folder.", ErrorCode.NotImplemented);
}
