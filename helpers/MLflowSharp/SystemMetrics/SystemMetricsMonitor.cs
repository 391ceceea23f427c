using MLflowSharp.SystemMetrics.Counters;
using MLflowSharp.SystemMetrics.Sources;

namespace MLflowSharp.SystemMetrics;

/// <summary>
/// Measures the machine while a run lasts, and logs it to the run under MLflow's keys, <c>system/…</c>
/// (https://mlflow.org/docs/latest/ml/tracking/system-metrics/). What cannot be measured is warned of once and left out.
/// </summary>
internal sealed class SystemMetricsMonitor : IDisposable
{
    /// <summary>What the keys of all such metrics begin with.</summary>
    public const string Prefix = "system/";

    private readonly Lock _lock = new();
    private readonly MlflowClient _client;
    private readonly Run _run;
    private readonly SystemMetricsOptions _options;
    private readonly List<ISystemMetricsSource> _sources = [];
    private readonly List<Reading> _readings = [];
    private readonly ITimer _timer;
    private int _samples;
    private long _step;
    private bool _logged;
    private bool _ended;

    /// <summary>Begins to measure.</summary>
    /// <param name="client">Logs it.</param>
    /// <param name="run">The run, as it is now: a run that has system metrics already gets further steps.</param>
    /// <param name="options">How often.</param>
    /// <param name="sources">What to measure, each made when asked for; null for all that this machine has.</param>
    public SystemMetricsMonitor(MlflowClient client, Run run, SystemMetricsOptions options, IReadOnlyList<Func<ISystemMetricsSource?>>? sources = null)
    {
        _client = client;
        _run = run;
        _options = options;
        _step = run.Data.LatestMetrics.Where(metric => metric.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(metric => metric.Step + 1).DefaultIfEmpty(0).Max();
        foreach (var source in sources ?? OfThisMachine())
        {
            Try(() =>
            {
                if (source() is { } found)
                    _sources.Add(found);
            });
        }

        _timer = client.Options.TimeProvider.CreateTimer(_ => OnTime(), null, options.SamplingInterval, options.SamplingInterval);
    }

    /// <summary>Ends the measuring. A run that was too short for any point gets one now.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            if (!_ended && !_logged)
            {
                Sample();
                Log();
            }

            _ended = true;
        }
    }

    private static IReadOnlyList<Func<ISystemMetricsSource?>> OfThisMachine() =>
    [
        () => SystemCounters.OfThisSystem() is { } counters ? new ProcessorAndMemory(counters) : null,
        () => new Disk(),
        () => new Network(),
        () => (ISystemMetricsSource?)NvidiaGpus.Find(Environment.GetEnvironmentVariable("PATH")) ?? AmdGpus.Find("/sys/class/drm"),
    ];

    private void OnTime()
    {
        // A slow store must not make samples queue up: the one that is late is left out.
        if (!_lock.TryEnter())
            return;
        try
        {
            if (_ended)
                return;
            Sample();
            if (_samples >= _options.SamplesBeforeLogging)
                Log();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Sample()
    {
        _samples++;
        foreach (var source in _sources.ToList())
        {
            if (!Try(() => _readings.AddRange(source.Read())))
                _sources.Remove(source);
        }
    }

    private void Log()
    {
        var time = _client.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var prefix = string.IsNullOrEmpty(_options.NodeId) ? Prefix : $"{Prefix}{_options.NodeId}/";
        var metrics = _readings.GroupBy(reading => reading.Key).Select(Point).ToList();
        _readings.Clear();
        _samples = 0;
        _logged = true;
        if (metrics.Count == 0)
            return;
        if (Try(() => _client.LogBatch(_run.Info.RunId, metrics)))
            _step++;
        else
            _ended = true;

        Metric Point(IGrouping<string, Reading> readings) => new(
            prefix + readings.Key,
            readings.Last() is { IsTotal: true } total ? total.Value : Math.Round(readings.Average(reading => reading.Value), 1, MidpointRounding.ToEven),
            time,
            _step);
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception error)
        {
            // Measuring the machine must never cost the training that is measured.
            _client.Options.Warn($"System metrics of run {_run.Info.RunId} are incomplete from now on: {error.Message}");
            return false;
        }
    }
}
