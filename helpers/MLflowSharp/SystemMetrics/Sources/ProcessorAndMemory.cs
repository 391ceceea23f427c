using MLflowSharp.SystemMetrics.Counters;

namespace MLflowSharp.SystemMetrics.Sources;

/// <summary>How busy the processors were since the last sample, and how full the memory is.</summary>
internal sealed class ProcessorAndMemory(ISystemCounters counters) : ISystemMetricsSource
{
    private (double Busy, double Total) _last = counters.ReadProcessorTimes();

    public IEnumerable<Reading> Read()
    {
        var now = counters.ReadProcessorTimes();
        var passed = now.Total - _last.Total;
        var busy = passed > 0 ? Math.Clamp((now.Busy - _last.Busy) / passed * 100, 0, 100) : 0;
        _last = now;
        var (used, total) = counters.ReadMemory();
        return
        [
            new("cpu_utilization_percentage", busy),
            new("system_memory_usage_megabytes", used / 1e6),
            new("system_memory_usage_percentage", used / total * 100),
        ];
    }
}
