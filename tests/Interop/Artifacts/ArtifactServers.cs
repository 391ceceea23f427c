using Interop.Services;
using Interop.Stores;

namespace Interop.Artifacts;

/// <summary>Two real MLflow servers that keep artifacts, one in a folder and one in the Ceph gateway, started when first asked for.</summary>
public sealed class ArtifactServers : IAsyncDisposable
{
    private readonly List<IDisposable> _folders = [];
    private readonly SemaphoreSlim _one = new(1);
    private MlflowServer? _inFolder;
    private MlflowServer? _inS3;

    /// <summary>Address of the server whose artifacts are in a folder.</summary>
    internal async Task<string> InFolderAsync()
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _inFolder ??= await MlflowServer.StartAsync(PythonEnvironment.Require(), NewFolder());
            return _inFolder.Uri;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Address of the server whose artifacts are in the gateway.</summary>
    internal async Task<string> InS3Async(CephGateway ceph)
    {
        var bucket = await ceph.BucketAsync();
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _inS3 ??= await MlflowServer.StartAsync(PythonEnvironment.Require(), NewFolder(), ["--artifacts-destination", $"s3://{bucket}/kept by MLflow"], command => command.WithS3(ceph));
            return _inS3.Uri;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_inFolder is not null)
            await _inFolder.DisposeAsync();
        if (_inS3 is not null)
            await _inS3.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
        _one.Dispose();
    }

    private TemporaryFolder NewFolder()
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        return folder;
    }
}
