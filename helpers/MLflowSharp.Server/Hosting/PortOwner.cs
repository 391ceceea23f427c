using System.Globalization;

namespace MLflowSharp.Server.Hosting;

/// <summary>Finds out who listens at a port (Linux), and a port where nobody does.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private const int Tried = 50;
    private const int LongestCommand = 80;

    /// <summary>Tells who listens at a port, as the end of a sentence; null when that cannot be seen.</summary>
    public static string? Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return Sockets().Where(socket => socket.Port == port).Select(socket => socket.Inode).FirstOrDefault() is { } inode
                ? ProcessWith($"socket:[{inode}]") ?? "another user's process"
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Where processes are hidden from each other, the port is taken all the same.
            return null;
        }
    }

    /// <summary>The next port above one at which a server could listen; null when none of the next 50 is free.</summary>
    public static int? FreeAbove(int port, System.Net.IPAddress address)
    {
        for (var candidate = port + 1; candidate <= Math.Min(port + Tried, ushort.MaxValue); candidate++)
        {
            using var socket = new System.Net.Sockets.Socket(address.AddressFamily, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            try
            {
                socket.Bind(new System.Net.IPEndPoint(address, candidate));
                return candidate;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Taken as well.
            }
        }

        return null;
    }

    // Columns of https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt: 1 local address, 3 state, 9 inode.
    private static IEnumerable<(int Port, string Inode)> Sockets() =>
        from table in (string[])["/proc/net/tcp", "/proc/net/tcp6"]
        where File.Exists(table)
        from line in File.ReadLines(table).Skip(1)
        let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where columns.Length > 9 && columns[3] == Listening
        select (int.Parse(columns[1].AsSpan(columns[1].IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture), columns[9]);

    private static string? ProcessWith(string socket)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)))
        {
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(file => new FileInfo(file).LinkTarget == socket))
                    return $"process {Path.GetFileName(process)} ({CommandOf(process)})";
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is another user's.
            }
        }

        return null;
    }

    private static string CommandOf(string process)
    {
        var command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ').Trim();
        return command.Length > LongestCommand ? command[..LongestCommand] + "…" : command;
    }
}
