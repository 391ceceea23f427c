using Interop.Services;
using Interop.Stores;
using MLflowSharp.Server;

namespace Interop.Artifacts;

/// <summary>Servers that keep artifacts, real ones in a folder and in the Ceph gateway, and ours in the gateway, started when first asked for.</summary>
public sealed class ArtifactServers : IAsyncDisposable
{
    private readonly List<IDisposable> _folders = [];
    private readonly SemaphoreSlim _one = new(1);
    private MlflowServer? _inFolder;
    private MlflowServer? _inS3;
    private TrackingServer? _ourInS3;

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

    /// <summary>Address of a server of ours whose artifacts are in the gateway.</summary>
    internal async Task<string> OurInS3Async(CephGateway ceph)
    {
        var bucket = await ceph.BucketAsync();
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _ourInS3 ??= await TrackingServer.StartAsync(
                new()
                {
                    BackendStoreUri = NewFolder().TrackingUri, ArtifactsDestination = $"s3://{bucket}/kept by us", Port = 0,
                    StoreOptions = new() { DatabaseVersion = "3.17", S3 = ceph.Options },
                },
                TestContext.Current.CancellationToken);
            return _ourInS3.TrackingUri;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ourInS3 is not null)
            await _ourInS3.DisposeAsync();
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
