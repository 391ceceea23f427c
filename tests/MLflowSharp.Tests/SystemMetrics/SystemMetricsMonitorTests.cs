using Microsoft.Extensions.Time.Testing;
using MLflowSharp.SystemMetrics;

namespace MLflowSharp.Tests.SystemMetrics;

public sealed class SystemMetricsMonitorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
    private readonly List<string> _warnings = [];
    private readonly MlflowClient _client;
    private readonly string _run;

    public SystemMetricsMonitorTests()
    {
        _client = _folder.NewClient(_folder.Options with { TimeProvider = _time, Warn = _warnings.Add });
        _run = _client.CreateRun("0").Info.RunId;
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_logs_the_mean_of_the_samples_and_the_last_of_what_only_grows()
    {
        using (Measure(new() { SamplesBeforeLogging = 3 }, new Counting()))
        {
            Pass(seconds: 70);
            Assert.Equal([(2, 0, 1_030_000), (5, 1, 1_060_000)], History("system/value"));
            Assert.Equal([(3.25, 0, 1_030_000), (6.25, 1, 1_060_000)], History("system/total"));
        }

        Assert.Equal(2, History("system/value").Count);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_run_that_is_too_short_for_a_point_gets_one_at_its_end()
    {
        using (Measure(new(), new Counting()))
            Pass(seconds: 9);
        Assert.Equal([(1, 0, 1_009_000)], History("system/value"));
    }

    [Fact]
    public void A_resumed_run_goes_on_counting_and_machines_keep_apart()
    {
        _client.LogBatch(_run, [new("system/value", 9, 0, 7), new("loss", 1, 0, 99)]);
        using (Measure(new() { NodeId = "node_1" }, new Counting()))
            Pass(seconds: 20);
        Assert.Equal([(1, 8, 1_010_000), (2, 9, 1_020_000)], History("system/node_1/value"));
    }

    [Fact]
    public void What_fails_is_warned_of_once_and_the_rest_goes_on()
    {
        using (Measure(new(), new Counting(), new Failing()))
            Pass(seconds: 30);
        Assert.Equal(3, History("system/value").Count);
        Assert.Contains("incomplete from now on: The sensor is gone.", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_gone_ends_the_measuring_with_one_warning()
    {
        using var monitor = Measure(new(), new Counting());
        _client.DeleteRun(_run);
        Pass(seconds: 60);
        Assert.Single(_warnings);
    }

    [Fact]
    public void This_machine_has_all_that_MLflow_measures()
    {
        using (new SystemMetricsMonitor(_client, _client.GetRun(_run), new()))
            Pass(seconds: 10);
        Assert.Empty(_warnings);
        var metrics = _client.GetRun(_run).Data.Metrics;
        Assert.Superset(
            new HashSet<string>(
            [
                "system/cpu_utilization_percentage", "system/system_memory_usage_megabytes", "system/system_memory_usage_percentage", "system/disk_usage_percentage",
                "system/disk_usage_megabytes", "system/disk_available_megabytes", "system/network_receive_megabytes", "system/network_transmit_megabytes",
            ]),
            metrics.Keys.ToHashSet());
        Assert.All(metrics.Where(metric => metric.Key.EndsWith("percentage", StringComparison.Ordinal)), metric => Assert.InRange(metric.Value, 0, 100));
        Assert.InRange(metrics["system/system_memory_usage_megabytes"], 1, 1e8);
    }

    private SystemMetricsMonitor Measure(SystemMetricsOptions options, params ISystemMetricsSource[] sources) =>
        new(_client, _client.GetRun(_run), options, [.. sources.Select(source => (Func<ISystemMetricsSource?>)(() => source))]);

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
    }

    private List<(double Value, long Step, long Timestamp)> History(string key) =>
        [.. _client.GetMetricHistory(_run, key).Select(point => (point.Value, point.Step, point.Timestamp))];

    private sealed class Counting : ISystemMetricsSource
    {
        private int _count;

        public IEnumerable<Reading> Read()
        {
            _count++;
            return [new("value", _count), new("total", _count + 0.25, IsTotal: true)];
        }
    }

    private sealed class Failing : ISystemMetricsSource
    {
        public IEnumerable<Reading> Read() => throw new IOException("The sensor is gone.");
    }
}
