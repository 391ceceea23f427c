using System.Diagnostics;
using System.Runtime.Versioning;

namespace MLflowSharp.Journal.Files;

/// <summary>Which process on which machine: what tells later whether the writer of a journal can still be alive.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Boot">Which start of the machine's kernel, shared by its containers; empty where the system does not tell.</param>
/// <param name="PidNamespace">In which container process numbers count; empty where the system does not tell.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it started, which tells it from a later one of the same number.</param>
internal sealed record HostIdentity(string Host, string Boot, string PidNamespace, int ProcessId, DateTimeOffset ProcessStart)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);
    private static readonly Lazy<HostIdentity> OfThisProcess = new(Find);

    /// <summary>This process.</summary>
    public static HostIdentity Current => OfThisProcess.Value;

    /// <summary>Whether the process is known to have ended: the number is free or another process has it, or the machine was started anew.</summary>
    /// <returns>True: ended. False: alive. Null: cannot be told from here.</returns>
    public bool? HasEnded()
    {
        var here = Current;
        if (Host != here.Host && (Boot.Length == 0 || Boot != here.Boot))
            return null;
        if (Boot != here.Boot)
            return true;
        if (PidNamespace != here.PidNamespace)
            return null;
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (new DateTimeOffset(process.StartTime) - ProcessStart).Duration() > ClockTolerance;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It exists, and this user may not look at it.
            return null;
        }
    }

    /// <summary>Whether that process runs or ran under the kernel that runs this one, so that a file lock of either is seen by the other.</summary>
    public bool SharesKernel => Boot.Length > 0 ? Boot == Current.Boot : Host == Current.Host;

    private static HostIdentity Find()
    {
        using var process = Process.GetCurrentProcess();
        return new(
            Environment.MachineName,
            OperatingSystem.IsLinux() ? ReadLinux("/proc/sys/kernel/random/boot_id") : "",
            OperatingSystem.IsLinux() ? LinkTarget("/proc/self/ns/pid") : "",
            Environment.ProcessId,
            new DateTimeOffset(process.StartTime).ToUniversalTime());
    }

    [SupportedOSPlatform("linux")]
    private static string ReadLinux(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [SupportedOSPlatform("linux")]
    private static string LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
