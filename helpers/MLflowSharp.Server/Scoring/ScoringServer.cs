using MLflowSharp.Server.Scoring;
using MLflowSharp.Server.Scoring.Observing;
using MLflowSharp.Server.Scoring.Serving;

namespace MLflowSharp.Server;

/// <summary>
/// Serves a model's predictions over HTTP, as <c>mlflow models serve</c>
/// (https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally/): <c>/invocations</c>, <c>/ping</c>, <c>/health</c>, <c>/version</c>, and
/// <c>/metrics</c> for Prometheus. It listens from the start until it is stopped or disposed, and follows an alias to another version.
/// </summary>
public sealed class ScoringServer : IAsyncDisposable
{
    private readonly TrackingServer _host;
    private readonly ModelSlot _slot;
    private readonly ModelReload? _reload;

    private ScoringServer(TrackingServer host, ModelSlot slot, ModelReload? reload) => (_host, _slot, _reload) = (host, slot, reload);

    /// <summary>The server's address, such as <c>http://127.0.0.1:5000</c>; it holds no token.</summary>
    public string Uri => _host.TrackingUri;

    /// <summary>The version of the registered model that is served now; empty for a model that is none.</summary>
    public string ModelVersion => _slot.Current.Version;

    /// <summary>Loads a model and serves it.</summary>
    /// <param name="model">A folder in MLflow's layout, or a URI: <c>models:/name@champion</c>, <c>models:/name/2</c>, <c>models:/m-…</c>, <c>runs:/…/model</c>.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="client">Knows the URI; null for one of the tracking URI in force (<c>MLFLOW_TRACKING_URI</c>). It stays the caller's.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="MlflowException">The model is not there or cannot be loaded; INVALID_STATE when the address is taken.</exception>
    public static async Task<ScoringServer> StartAsync(string model, ScoringServerOptions? options = null, MlflowClient? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        options ??= new();
        var log = new ScoringLog(options.OnLog, options.TimeProvider);
        var source = new ModelSource(model, () => client ?? Mlflow.Client, log.Fault);
        var slot = new ModelSlot(await source.LoadAsync(await source.VersionAsync(cancellationToken), cancellationToken));
        log.Model("loaded", slot.Current);
        return await StartAsync(slot, source, options, log, cancellationToken);
    }

    /// <summary>Serves a model.</summary>
    /// <param name="model">The model; the server disposes it when it stops.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="MlflowException">INVALID_STATE when the address is taken. The model is disposed then, too.</exception>
    public static Task<ScoringServer> StartAsync(LoadedModel model, ScoringServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        return StartAsync(new ModelSlot(new(model, "")), null, options, new ScoringLog(options.OnLog, options.TimeProvider), cancellationToken);
    }

    /// <summary>Stops listening, waits for the requests that are being answered, and frees the model.</summary>
    public async Task StopAsync()
    {
        if (_reload is not null)
            await _reload.DisposeAsync();
        await _host.StopAsync();
        _slot.Dispose();
    }

    /// <summary>As <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _host.DisposeAsync();
    }

    private static async Task<ScoringServer> StartAsync(ModelSlot slot, ModelSource? source, ScoringServerOptions options, ScoringLog log, CancellationToken cancellationToken)
    {
        try
        {
            var metrics = new ScoringMetrics();
            var handler = new ScoringHandler(slot, options, metrics, log);
            var host = await TrackingServer.StartAsync(handler.AnswerAsync, Hosting(options, log), cancellationToken);
            return new(host, slot, source is null ? null : new ModelReload(source, slot, log, metrics, options));
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    // Who may ask is for the handler to see, which knows what is open to all.
    private static TrackingServerOptions Hosting(ScoringServerOptions options, ScoringLog log) => new()
    {
        Host = options.Host,
        Port = options.Port,
        UnixSocket = options.UnixSocket,
        AllowedHosts = options.AllowedHosts,
        AllowedOrigins = options.AllowedOrigins,
        StopTimeout = options.StopTimeout,
        OnError = log.Fault,
    };
}
