namespace MLflowSharp.SystemMetrics.Counters;

/// <summary>Chooses the counters of the operating system.</summary>
internal static class SystemCounters
{
    /// <summary>The counters; null where none are known.</summary>
    public static ISystemCounters? OfThisSystem() =>
        OperatingSystem.IsLinux() ? new LinuxCounters("/proc")
        : OperatingSystem.IsWindows() ? new WindowsCounters()
        : OperatingSystem.IsMacOS() ? new MacCounters()
        : null;
}
