using MLflowSharp.Server;
using MLflowSharp.Stores;

namespace MLflowSharp.Testing;

/// <summary>
/// A tracking server for tests, with everything in memory and files in a temporary folder. It can be used without sockets
/// (<see cref="NewClient"/>), directly as stores (<see cref="NewDirectClient"/>) and at a port of this machine (<see cref="ListenAsync"/>); it
/// keeps what it was asked and makes go wrong what a test wants to go wrong. It behaves as MLflow's server, since it is the same code as
/// <see cref="TrackingServer"/>. Safe for use from several threads.
/// </summary>
public sealed partial class FakeTrackingServer : IAsyncDisposable, IDisposable
{
    /// <summary>The tracking URI of clients without sockets.</summary>
    private const string NameOfItsOwn = "http://fake-tracking-server.test";

    private readonly FakeTrackingServerOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlflow-fake-");
    private readonly MlflowClientOptions _storeOptions;
    private readonly MlflowStores _stores;
    private readonly RestApi _api;
    private readonly List<TrackingServer> _listening = [];
    private bool _disposed;

    /// <summary>Makes a server with the experiment <c>Default</c> and nothing else.</summary>
    /// <param name="options">Settings; null for the defaults.</param>
    public FakeTrackingServer(FakeTrackingServerOptions? options = null)
    {
        _options = options ?? new();
        _storeOptions = new()
        {
            DatabaseVersion = "3.17",
            TimeProvider = _options.TimeProvider,
            Random = _options.Random,
            DefaultArtifactRoot = _options.ServesArtifacts ? "mlflow-artifacts:/" : ArtifactsFolder,
            Journal = new() { Enabled = false },
            Warn = _ => { },
        };
        _stores = StoreFactory.Open("sqlite:///:memory:", _storeOptions);
        _api = new(_stores, new() { ArtifactsDestination = ArtifactsFolder, Version = _options.Version, OnError = KeepError });
        Handler = new RestApiHandler(AnswerAsync);
    }

    /// <summary>Sends requests to this server without a socket, for <c>MlflowHttpOptions.Handler</c> or an <see cref="HttpClient"/>. It may be used by several clients.</summary>
    public HttpMessageHandler Handler { get; }

    /// <summary>The folder with the artifacts; it goes with the server.</summary>
    public string ArtifactsFolder => Path.Combine(_folder.FullName, "artifacts");

    /// <summary>Makes a client that speaks HTTP to this server, without a socket: with retries, timeouts and errors as in the real thing.</summary>
    /// <param name="options">Settings; null for the server's clock, no journal, and no waiting between retries.</param>
    public MlflowClient NewClient(MlflowClientOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        options ??= _storeOptions with { Http = new() { BackoffFactor = 0, BackoffJitter = 0 } };
        return new(NameOfItsOwn, options with { Http = options.Http with { Handler = Handler } });
    }

    /// <summary>Makes a client on the server's stores themselves, without HTTP: nothing is recorded, and no fault touches it. The quickest way.</summary>
    public MlflowClient NewDirectClient()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new(_stores with { LeaveOpen = true }, NameOfItsOwn, _storeOptions);
    }

    /// <summary>Listens at a free port of this machine, for Python and other processes, until the server is disposed.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The tracking URI, such as <c>http://127.0.0.1:40123</c>.</returns>
    public async Task<string> ListenAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var server = await TrackingServer.StartAsync(AnswerAsync, new() { Port = 0, StopTimeout = TimeSpan.FromSeconds(1), OnError = KeepError }, cancellationToken);
        lock (_listening)
            _listening.Add(server);
        return server.TrackingUri;
    }

    /// <summary>Stops listening and forgets everything, the artifacts too. Clients made here cannot be used any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var server in _listening)
            await server.DisposeAsync();
        Handler.Dispose();
        _api.Dispose();
        _stores.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>As <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
