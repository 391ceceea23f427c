namespace MLflowSharp.SystemMetrics.Sources;

/// <summary>How full the disk of the current folder's root is.</summary>
internal sealed class Disk : ISystemMetricsSource
{
    private readonly DriveInfo _drive = new(Path.GetPathRoot(Environment.CurrentDirectory)!);

    public IEnumerable<Reading> Read()
    {
        double used = _drive.TotalSize - _drive.TotalFreeSpace;
        double available = _drive.AvailableFreeSpace;
        return
        [
            // Without what is kept back for the administrator, as the command df counts.
            new("disk_usage_percentage", used + available > 0 ? used / (used + available) * 100 : 0),
            new("disk_usage_megabytes", used / 1e6),
            new("disk_available_megabytes", available / 1e6),
        ];
    }
}
