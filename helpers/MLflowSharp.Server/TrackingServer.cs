using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MLflowSharp.Server.Hosting;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Observing;
using MLflowSharp.Server.Pages;
using MLflowSharp.Server.Users;
using MLflowSharp.Stores;
using MLflowSharp.Stores.Files;

namespace MLflowSharp.Server;

/// <summary>
/// A tracking server (https://mlflow.org/docs/latest/self-hosting/) in this process: MLflow's REST interface over a database or a folder, for any
/// of MLflow's clients. It listens from the start until it is stopped or disposed.
/// </summary>
public sealed class TrackingServer : IAsyncDisposable
{
    private readonly KestrelHost _host;
    private readonly TrackingServerOptions _options;
    private IReadOnlyList<IDisposable> _owned;

    private TrackingServer(KestrelHost host, TrackingServerOptions options, IReadOnlyList<IDisposable> owned)
    {
        (_host, _options, _owned) = (host, options, owned);
        TrackingUri = options.UnixSocket is { } socket ? $"http+unix://{Uri.EscapeDataString(Path.GetFullPath(socket))}{Prefix(options)}" : host.Address + Prefix(options);
    }

    /// <summary>The tracking URI for clients, such as <c>http://127.0.0.1:5000</c>; it holds no token.</summary>
    public string TrackingUri { get; }

    /// <summary>Opens the stores that the options name, and starts a server over them.</summary>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for settings that cannot be used; INVALID_STATE when the address is taken; what opening the store throws.</exception>
    public static async Task<TrackingServer> StartAsync(TrackingServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        // Refused before a database is made.
        var pages = PageHandlers.Check(options.PagesFolder);
        if (options.BasicAuth is not null && options.Token is not null)
            throw MlflowException.Invalid("A server has either users or a token. Leave one of the two out.");
        List<IDisposable> owned = [];
        var log = new JsonLines(options.OnLog, options.StoreOptions.TimeProvider);
        var watch = new RequestWatch(log);
        try
        {
            var permissions = options.BasicAuth is { } basic ? UserAccess.Open(basic) : null;
            if (permissions is not null)
                owned.Add(permissions.Users);
            var stores = StoreFactory.Open(options.BackendStoreUri, StoreOptionsOf(options));
            owned.Insert(0, stores);
            var api = new RestApi(stores, new()
            {
                StoreType = FileStoreUri.Matches(options.BackendStoreUri) ? "FileStore" : "SqlStore",
                ArtifactsDestination = options.ArtifactsDestination,
                StorageOptions = options.StoreOptions,
                PagesFolder = pages,
                CacheBytes = options.CacheBytes,
                Permissions = permissions,
                OnError = options.OnLog is null ? options.OnError : log.Fault,
            });
            owned.Insert(0, api);
            var check = Task.Run(() => CheckAsync(stores, options.OnLog is null ? options.OnError : log.Fault, cancellationToken), cancellationToken);
            async Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellation)
            {
                // Nobody is told that the server is well before its store is.
                await check.WaitAsync(cancellation);
                return request is { Method: "GET" or "HEAD", Path: RequestWatch.Path }
                    ? Answers.Text(200, watch.Write(api.Remembered), PrometheusText.ContentType)
                    : await api.HandleAsync(request, cancellation);
            }

            var gate = permissions is null ? null : new UserGate(AnswerAsync, permissions);
            if (gate is not null)
                owned.Add(gate);
            var server = await StartAsync(gate is null ? AnswerAsync : gate.AnswerAsync, options, watch, owned, cancellationToken);
            try
            {
                await check;
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
        catch
        {
            owned.ForEach(opened => opened.Dispose());
            throw;
        }
    }

    /// <summary>Starts a server for what answers its requests.</summary>
    /// <param name="answer">What answers, such as <see cref="RestApi.HandleAsync"/>. An <see cref="IOException"/> cuts the connection.</param>
    /// <param name="options">Where and how to listen; what they say about stores is not used.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<TrackingServer> StartAsync(
        Func<RestRequest, CancellationToken, Task<RestResponse>> answer, TrackingServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(options);
        return StartAsync(answer, options, null, [], cancellationToken);
    }

    /// <summary>Stops listening, waits for the requests that are being answered, and closes the stores.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(_options.StopTimeout);
        await _host.StopAsync(limit.Token);
        foreach (var owned in Interlocked.Exchange(ref _owned, []))
            owned.Dispose();
    }

    /// <summary>As <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _host.DisposeAsync();
    }

    private static async Task<TrackingServer> StartAsync(
        Func<RestRequest, CancellationToken, Task<RestResponse>> answer, TrackingServerOptions options, RequestWatch? watch, IReadOnlyList<IDisposable> owned, CancellationToken cancellationToken)
    {
        if (options is { CertificateFile: null, KeyFile: not null })
            throw MlflowException.Invalid("A key without a certificate is of no use. Give the file of the certificate as well.");
        var guard = new RequestGuard(options.AllowedHosts, options.AllowedOrigins) { FrameOptions = options.FrameOptions };
        var session = options.Token is { } token ? new BrowserSession(token, guard, Prefix(options), options.CertificateFile is not null) : null;
        var bridge = new RequestBridge(answer, guard, new(options.Token), session, watch, Prefix(options), options.ReaderPatience);
        KestrelHost host;
        try
        {
            host = await KestrelHost.StartAsync(bridge.AnswerAsync, kestrel => Configure(kestrel, options), options.CertificateFile is not null, cancellationToken);
        }
        catch (IOException error)
        {
            throw Taken(options, error);
        }

        try
        {
            if (options.UnixSocket is { } socket)
                UnixSocketFile.Protect(socket);
            return new(host, options, owned);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A store that cannot be opened is told of now, and not to the first who asks. Of one that is damaged, what can be read is served. It is opened on a
    /// thread of its own, while the web server is made ready.
    /// </summary>
    private static async Task CheckAsync(MlflowStores stores, Action<string> tell, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Tracking.SearchExperimentsAsync(null, ViewType.ActiveOnly, 1, null, null, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.DataLoss)
        {
            tell(error.Message);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, TrackingServerOptions options)
    {
        kestrel.AddServerHeader = false;
        // Models may be of any size unless the options say otherwise, and are never held in memory; what is held has its own limit.
        kestrel.Limits.MaxRequestBodySize = options.MaxUploadBytes;
        if (options.UnixSocket is { } socket)
        {
            UnixSocketFile.Prepare(socket);
            kestrel.ListenUnixSocket(Path.GetFullPath(socket), Secure);
            return;
        }

        if (options.Port is < 0 or > 65535)
            throw MlflowException.Invalid($"The port {options.Port} cannot be used. Choose one from 1 to 65535, or 0 for any that is free.");
        kestrel.Listen(AddressOf(options.Host), options.Port, Secure);

        void Secure(ListenOptions listen)
        {
            if (options.CertificateFile is { } certificate)
                CertificateFiles.Secure(listen, certificate, options.KeyFile);
        }
    }

    private static MlflowException Taken(TrackingServerOptions options, IOException error)
    {
        if (options.UnixSocket is { } socket)
            return new($"The server cannot listen at {socket}: {error.Message} Choose another name for the socket.", ErrorCode.InvalidState, error);
        var owner = PortOwner.Describe(options.Port) is { } process ? $"{process} listens there." : error.Message;
        var free = PortOwner.FreeAbove(options.Port, AddressOf(options.Host)) is { } port ? $"Port {port} is free; port 0 is any that is." : "Choose another, or port 0 for any that is free.";
        return new($"The server cannot listen at {options.Host}:{options.Port}: {owner} {free}", ErrorCode.InvalidState, error);
    }

    private static IPAddress AddressOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(host, out var address) ? address
            : throw MlflowException.Invalid($"The server cannot listen at '{host}'. Give an IP address, such as 127.0.0.1 (this machine) or 0.0.0.0 (all of its networks).");

    private static string Prefix(TrackingServerOptions options) => options.PathPrefix.Trim('/') is { Length: > 0 } prefix ? "/" + prefix : "";

    // As MLflow's server: what it passes on is named so that clients come back to it, whatever its address then is.
    private static MlflowClientOptions StoreOptionsOf(TrackingServerOptions options) => options.StoreOptions with
    {
        DefaultArtifactRoot = options.DefaultArtifactRoot ?? (options.ArtifactsDestination is null ? options.StoreOptions.DefaultArtifactRoot : "mlflow-artifacts:/"),
        // Several people ask at once.
        Connections = Math.Max(options.StoreOptions.Connections, Math.Clamp(Environment.ProcessorCount, 2, 8)),
    };
}
