using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Journal.Recovery;

/// <summary>Whether a lock on a network file system is seen by other machines, as far as Linux's mount options tell.</summary>
internal static class NetworkLocks
{
    /// <summary>Whether an open file is on a file system whose locks hold for all machines, however its path leads there.</summary>
    public static bool HoldEverywhere(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            // https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
            var mount = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{file.DangerousGetHandle()}"))
                .FirstOrDefault(line => line.StartsWith("mnt_id:", StringComparison.Ordinal))?["mnt_id:".Length..].Trim();
            return mount is not null && HoldEverywhere(mount, File.ReadLines("/proc/self/mountinfo"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same for a mount's number and given lines of <c>/proc/self/mountinfo</c> (https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html).</summary>
    internal static bool HoldEverywhere(string mount, IEnumerable<string> mounts)
    {
        foreach (var line in mounts)
        {
            // 36 35 98:0 /root /point rw,noatime master:1 - type source options
            var fields = line.Split(' ');
            if (fields[0] == mount && Array.IndexOf(fields, "-") is var dash and > 0 && fields.Length > dash + 3)
                return IsGlobal(fields[dash + 1], fields[dash + 3].Split(','));
        }

        return false;
    }

    private static bool IsGlobal(string type, string[] options) => type switch
    {
        // https://man7.org/linux/man-pages/man5/nfs.5.html: flock is sent to the server unless told otherwise.
        "nfs" or "nfs4" => !options.Contains("nolock") && !options.Contains("local_lock=all") && !options.Contains("local_lock=flock"),
        // Lustre's client: "flock" is coherent across clients, "localflock" is not.
        "lustre" => options.Contains("flock"),
        "gpfs" or "ceph" => true,
        "gfs2" or "ocfs2" => !options.Contains("localflocks"),
        _ => false,
    };
}
