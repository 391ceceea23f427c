using System.Globalization;

namespace MLflowSharp.SystemMetrics.Counters;

/// <summary>Counters of Linux, from the files of <c>proc(5)</c>.</summary>
/// <param name="root">Where that file system is, normally <c>/proc</c>.</param>
internal sealed class LinuxCounters(string root) : ISystemCounters
{
    // Of the columns user, nice, system, idle, iowait, irq, softirq, steal; the guests' times, which follow, are part of user and nice.
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int Columns = 8;

    public (double Busy, double Total) ReadProcessorTimes()
    {
        var line = File.ReadLines(Path.Combine(root, "stat")).First();
        var times = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Columns).Select(Number).ToList();
        var total = times.Sum();
        return (total - times[Idle] - times[WaitingForDisk], total);
    }

    public (double Used, double Total) ReadMemory()
    {
        var values = File.ReadLines(Path.Combine(root, "meminfo"))
            .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length >= 2)
            .ToDictionary(parts => parts[0], parts => Number(parts[1]) * 1024);
        var total = values["MemTotal"];
        // Kernels before 3.14 do not say what is available.
        var available = values.TryGetValue("MemAvailable", out var known) ? known : values["MemFree"] + values["Buffers"] + values["Cached"];
        return (total - available, total);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
