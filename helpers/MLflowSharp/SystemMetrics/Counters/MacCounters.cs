using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MLflowSharp.SystemMetrics.Counters;

/// <summary>Counters of macOS: <c>host_statistics64</c> and <c>sysctlbyname</c> (mach/host_info.h, mach/vm_statistics.h).</summary>
[SupportedOSPlatform("macos")]
internal sealed partial class MacCounters : ISystemCounters
{
    private const int ProcessorLoad = 3;
    private const int VirtualMemory = 4;

    public (double Busy, double Total) ReadProcessorTimes()
    {
        // In the order user, system, idle, nice.
        var ticks = Statistics(ProcessorLoad, 4);
        var total = ticks.Sum(tick => (double)tick);
        return (total - ticks[2], total);
    }

    public (double Used, double Total) ReadMemory()
    {
        // The first fields count pages: free, active, inactive, wired. Free and inactive ones are there for programs.
        var pages = Statistics(VirtualMemory, 38);
        var total = 0L;
        nint size = sizeof(long);
        if (SystemControl("hw.memsize", ref total, ref size, 0, 0) != 0)
            throw new Win32Exception();
        return (total - (((double)pages[0] + pages[2]) * Environment.SystemPageSize), total);
    }

    private static uint[] Statistics(int kind, uint length)
    {
        var values = new uint[length];
        return HostStatistics(Host(), kind, values, ref length) == 0 ? values : throw new Win32Exception($"host_statistics64({kind}) was refused.");
    }

    [LibraryImport("libSystem", EntryPoint = "mach_host_self")]
    private static partial uint Host();

    [LibraryImport("libSystem", EntryPoint = "host_statistics64")]
    private static partial int HostStatistics(uint host, int kind, [Out] uint[] values, ref uint length);

    [LibraryImport("libSystem", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SystemControl(string name, ref long value, ref nint size, nint newValue, nint newSize);
}
