using System.Globalization;
using System.Net.NetworkInformation;

namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>The TCP ports of this machine that somebody listens on.</summary>
internal static class Listeners
{
    private const string Listening = "0A";

    /// <summary>All ports that somebody listens on.</summary>
    public static IReadOnlySet<int> All() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();

    /// <summary>
    /// The ports that these processes listen on. Where the system does not tell whose a port is (all but Linux), all ports: then only the difference
    /// of two looks says something.
    /// </summary>
    public static IReadOnlySet<int> Of(IEnumerable<ProcessEntry> processes)
    {
        if (!File.Exists("/proc/net/tcp")) return All();
        Dictionary<string, int> ports = [];
        foreach (var file in new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists))
        {
            // Slot, local address:port, remote, state, queues, timer, retransmits, user, timeout, inode (proc_net_tcp).
            foreach (var fields in File.ReadLines(file).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 9 && fields[3] == Listening))
                ports[fields[9]] = int.Parse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        return processes.SelectMany(process => Sockets(process.Id)).Where(ports.ContainsKey).Select(inode => ports[inode]).ToHashSet();
    }

    private static List<string> Sockets(int processId)
    {
        List<string> inodes = [];
        try
        {
            foreach (var descriptor in Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd"))
            {
                if (new FileInfo(descriptor).LinkTarget is { } target && target.StartsWith("socket:[", StringComparison.Ordinal)) inodes.Add(target["socket:[".Length..^1]);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended, or closed the file, while it was looked at.
        }
        return inodes;
    }
}
