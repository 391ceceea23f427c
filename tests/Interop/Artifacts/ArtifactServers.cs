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
    internal Task<string> InFolderAsync() => OneAtATimeAsync(async () => (_inFolder ??= await MlflowServer.StartAsync(PythonEnvironment.Require(), NewFolder())).Uri);

    /// <summary>Address of the server whose artifacts are in the gateway.</summary>
    internal async Task<string> InS3Async(CephGateway ceph)
    {
        var bucket = await ceph.BucketAsync();
        return await OneAtATimeAsync(async () =>
            (_inS3 ??= await MlflowServer.StartAsync(PythonEnvironment.Require(), NewFolder(), ["--artifacts-destination", $"s3://{bucket}/kept by MLflow"], command => command.WithS3(ceph))).Uri);
    }

    /// <summary>Address of a server of ours whose artifacts are in the gateway.</summary>
    internal async Task<string> OurInS3Async(CephGateway ceph)
    {
        var bucket = await ceph.BucketAsync();
        return await OneAtATimeAsync(async () => (_ourInS3 ??= await TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = NewFolder().TrackingUri, ArtifactsDestination = $"s3://{bucket}/kept by us", Port = 0,
                StoreOptions = new() { DatabaseVersion = "3.17", S3 = ceph.Options },
            },
            TestContext.Current.CancellationToken)).TrackingUri);
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

    private async Task<string> OneAtATimeAsync(Func<Task<string>> start)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await start();
        }
        finally
        {
            _one.Release();
        }
    }

    private TemporaryFolder NewFolder()
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        return folder;
    }
}
