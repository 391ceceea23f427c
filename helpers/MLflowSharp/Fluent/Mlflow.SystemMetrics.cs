using MLflowSharp.SystemMetrics;

namespace MLflowSharp;

public static partial class Mlflow
{
    private static bool? _logSystemMetrics;
    private static double? _systemMetricsInterval;
    private static int? _systemMetricsSamples;
    private static string? _systemMetricsNode;

    /// <summary>
    /// Lets every run that is started from now on log processor, memory, disk, network and GPU use while it lasts, under <c>system/…</c>
    /// (https://mlflow.org/docs/latest/ml/tracking/system-metrics/). So does the environment variable
    /// <c>MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING=true</c>.
    /// </summary>
    public static void EnableSystemMetricsLogging() => _logSystemMetrics = true;

    /// <summary>Lets runs that are started from now on log no system metrics, whatever the environment says.</summary>
    public static void DisableSystemMetricsLogging() => _logSystemMetrics = false;

    /// <summary>Says how often runs that are started from now on measure the machine.</summary>
    /// <param name="seconds">Seconds between samples, more than 0; null for <c>MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL</c>, else 10.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static void SetSystemMetricsSamplingInterval(double? seconds)
    {
        new SystemMetricsOptions().WithInterval(seconds);
        _systemMetricsInterval = seconds;
    }

    /// <summary>Says how many samples become one logged point.</summary>
    /// <param name="samples">1 or more; null for <c>MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING</c>, else 1.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static void SetSystemMetricsSamplesBeforeLogging(int? samples)
    {
        new SystemMetricsOptions().WithSamples(samples);
        _systemMetricsSamples = samples;
    }

    /// <summary>Names this machine in the keys of system metrics, so that several machines can log to one run: <c>system/&lt;node&gt;/…</c>.</summary>
    /// <param name="nodeId">The name; null for <c>MLFLOW_SYSTEM_METRICS_NODE_ID</c>, else none.</param>
    public static void SetSystemMetricsNodeId(string? nodeId) => _systemMetricsNode = nodeId;

    /// <summary>Begins to measure the machine for a run, if that is asked for.</summary>
    private static SystemMetricsMonitor? Monitor(MlflowClient client, Run run, bool? asked)
    {
        if (!(asked ?? _logSystemMetrics ?? SystemMetricsOptions.IsEnabledByEnvironment()))
            return null;
        var options = SystemMetricsOptions.FromEnvironment().WithInterval(_systemMetricsInterval).WithSamples(_systemMetricsSamples);
        return new SystemMetricsMonitor(client, run, _systemMetricsNode is { } node ? options with { NodeId = node } : options);
    }
}
