using MLflowSharp.Server.Scoring.Observing;

namespace MLflowSharp.Server.Scoring.Serving;

/// <summary>Asks from time to time whether another version is meant, and serves that one then. What goes wrong is told, and the old one stays.</summary>
internal sealed class ModelReload : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ModelSource _source;
    private readonly ModelSlot _slot;
    private readonly ScoringLog _log;
    private readonly ScoringMetrics _metrics;
    private readonly Task _watching;
    private string _lastFault = "";

    /// <summary>Begins to watch.</summary>
    public ModelReload(ModelSource source, ModelSlot slot, ScoringLog log, ScoringMetrics metrics, ScoringServerOptions options)
    {
        (_source, _slot, _log, _metrics) = (source, slot, log, metrics);
        _watching = source.CanChange && options.ReloadInterval > TimeSpan.Zero ? WatchAsync(options) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(ScoringServerOptions options)
    {
        using var timer = new PeriodicTimer(options.ReloadInterval, options.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await LookAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await _source.VersionAsync(cancellationToken);
            if (version != _slot.Current.Version)
            {
                _slot.Replace(await _source.LoadAsync(version, cancellationToken));
                _metrics.Reloaded();
                _log.Model("reloaded", _slot.Current);
            }

            _lastFault = "";
        }
        catch (Exception fault) when (fault is MlflowException or IOException or HttpRequestException or UnauthorizedAccessException)
        {
            // A registry that is away for an hour is told of once.
            if (fault.Message != _lastFault)
                _log.Fault($"The registry could not be asked for the model, which stays at version {_slot.Current.Version}: {fault.Message}");
            _lastFault = fault.Message;
        }
    }
}
