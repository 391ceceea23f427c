using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace MLflowSharp.Journal.Files;

/// <summary>Which process on which machine: what tells later whether the writer of a journal can still be alive.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Boot">Which start of the machine's kernel, shared by its containers; empty where the system does not tell.</param>
/// <param name="PidNamespace">In which container process numbers count; empty where the system does not tell.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it started, which tells it from a later one of the same number.</param>
/// <param name="StartTicks">The same counted from the start of the machine, which no change of the clock moves; 0 where the system does not tell.</param>
/// <param name="Machine">A digest of the system's own number for the machine, which tells two of the same name apart; null where there is none.</param>
internal sealed record HostIdentity(
    string Host, string Boot, string PidNamespace, int ProcessId, DateTimeOffset ProcessStart, long StartTicks = 0, string? Machine = null)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);
    private static readonly Lazy<HostIdentity> OfThisProcess = new(Find);

    /// <summary>This process.</summary>
    public static HostIdentity Current => OfThisProcess.Value;

    /// <summary>What names the running kernel: every process that reads the same here sees this one's file locks.</summary>
    public string Kernel => Boot.Length > 0 ? Boot : Host;

    /// <summary>Whether the process is known to have ended: the number is free or another process has it, or the machine was started anew.</summary>
    /// <returns>True: ended. False: alive. Null: cannot be told from here.</returns>
    public bool? HasEnded()
    {
        var here = Current;
        if (Boot != here.Boot)
            return IsThisMachine(here) ? true : null;
        if (PidNamespace != here.PidNamespace || (Boot.Length == 0 && Host != here.Host))
            return null;
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (OperatingSystem.IsLinux() && StartTicks > 0)
                return LinuxStatus(ProcessId) is { } status ? status.HasEnded || status.StartTicks != StartTicks : null;
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

    /// <summary>Whether it is this machine in another life, not another of the same name; nor Windows beside its own Linux, where only one knows of starts.</summary>
    private bool IsThisMachine(HostIdentity here) =>
        Host == here.Host && Boot.Length > 0 && here.Boot.Length > 0 && (Machine is null || here.Machine is null || Machine == here.Machine);

    private static HostIdentity Find()
    {
        using var process = Process.GetCurrentProcess();
        var isLinux = OperatingSystem.IsLinux();
        return new(
            Environment.MachineName,
            isLinux ? ReadLinux("/proc/sys/kernel/random/boot_id") : "",
            isLinux ? LinkTarget("/proc/self/ns/pid") : "",
            Environment.ProcessId,
            new DateTimeOffset(process.StartTime).ToUniversalTime(),
            OperatingSystem.IsLinux() ? LinuxStatus(Environment.ProcessId)?.StartTicks ?? 0 : 0,
            isLinux ? Digest(ReadLinux("/etc/machine-id")) : null);
    }

    /// <summary>Reads https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.</summary>
    /// <returns>Whether the process ended and only waits for its parent to take note, and its start; null when it may not be read.</returns>
    [SupportedOSPlatform("linux")]
    private static (bool HasEnded, long StartTicks)? LinuxStatus(int processId)
    {
        // The name in brackets may hold spaces and brackets of its own; behind it come the state, field 3, and the start, field 22.
        var text = ReadLinux(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        return text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 19 } fields
            && long.TryParse(fields[19], CultureInfo.InvariantCulture, out var ticks)
                ? (fields[0] is "Z" or "X" or "x", ticks)
                : null;
    }

    /// <summary>The system asks not to pass its number on as it is (https://man7.org/linux/man-pages/man5/machine-id.5.html).</summary>
    private static string? Digest(string machineId) =>
        machineId.Length == 32 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"MLflowSharp {machineId}")))[..16] : null;

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
