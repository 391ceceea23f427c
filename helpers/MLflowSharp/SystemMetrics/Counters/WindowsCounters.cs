using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MLflowSharp.SystemMetrics.Counters;

/// <summary>Counters of Windows: <c>GetSystemTimes</c> and <c>GlobalMemoryStatusEx</c>.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsCounters : ISystemCounters
{
    public (double Busy, double Total) ReadProcessorTimes()
    {
        if (!GetSystemTimes(out var idle, out var kernel, out var user))
            throw new Win32Exception();
        // The kernel's time includes the idle time.
        return (kernel + user - idle, kernel + user);
    }

    public (double Used, double Total) ReadMemory()
    {
        var status = new MemoryStatus { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        if (!GlobalMemoryStatusEx(ref status))
            throw new Win32Exception();
        return (status.TotalPhysical - status.AvailablePhysical, status.TotalPhysical);
    }

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemTimes(out long idle, out long kernel, out long user);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus status);

    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }
}
