using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>The processes of this machine and who started them. .NET does not tell the latter, so each system is asked in its own way.</summary>
internal static class ProcessTable
{
    /// <summary>Reads all processes that can be seen.</summary>
    public static IReadOnlyList<ProcessEntry> Read() => OperatingSystem.IsWindows() ? ReadWindows() : Directory.Exists("/proc/self") ? ReadProc() : ReadPs();

    /// <summary>
    /// A process, and what it started, and what that started; also what was handed to somebody else since, as a daemon is, where the system tells
    /// with which environment a process was started (Linux).
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="marker">An environment variable (<c>name=value</c>) that only this process and those it started have; null for none.</param>
    public static IReadOnlyList<ProcessEntry> Tree(int processId, string? marker)
    {
        var all = Read();
        var children = all.ToLookup(process => process.Parent);
        Dictionary<int, ProcessEntry> tree = [];
        Queue<ProcessEntry> next = new(all.Where(process => process.Id == processId || (marker is not null && HasMarker(process.Id, marker))));
        while (next.TryDequeue(out var process))
        {
            if (!tree.TryAdd(process.Id, process)) continue;
            foreach (var child in children[process.Id]) next.Enqueue(child);
        }
        return [.. tree.Values.OrderBy(process => process.Id)];
    }

    /// <summary>The processes that have an environment variable, whoever their parents are.</summary>
    public static IEnumerable<ProcessEntry> Marked(string marker) => Read().Where(process => HasMarker(process.Id, marker));

    private static bool HasMarker(int processId, string marker)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{processId}/environ");
            return $"\0{Encoding.UTF8.GetString(environment)}".Contains($"\0{marker}\0", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<ProcessEntry> ReadProc()
    {
        List<ProcessEntry> processes = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                // The name stands in parentheses and may hold anything; what follows is numbers (proc_pid_stat(5)).
                var stat = File.ReadAllText($"{folder}/stat");
                var end = stat.LastIndexOf(')');
                var fields = stat[(end + 2)..].Split(' ');
                // A zombie has ended; that its parent has not asked how is another matter.
                if (fields[0] is "Z" or "X") continue;
                processes.Add(new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..end]));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or ArgumentException or IndexOutOfRangeException)
            {
                // It ended while it was looked at.
            }
        }
        return processes;
    }

    /// <summary>As macOS is asked, which has no <c>/proc</c>; it goes on Linux too.</summary>
    internal static List<ProcessEntry> ReadPs()
    {
        var start = new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid=,state=,lstart=,comm="]) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using var ps = Process.Start(start)!;
        var lines = ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ps.WaitForExit();
        List<ProcessEntry> processes = [];
        foreach (var line in lines)
        {
            // The time has five words: Thu Nov 26 02:00:00 2026.
            if (line.Split(' ', 9, StringSplitOptions.RemoveEmptyEntries) is [var id, var parent, var state, var a, var b, var c, var d, var e, var name] && !state.StartsWith('Z'))
            {
                var number = int.Parse(id, CultureInfo.InvariantCulture);
                if (number != ps.Id) processes.Add(new(number, int.Parse(parent, CultureInfo.InvariantCulture), string.Join(' ', a, b, c, d, e), Path.GetFileName(name)));
            }
        }
        return processes;
    }

    private static List<ProcessEntry> ReadWindows()
    {
        var snapshot = CreateToolhelp32Snapshot(OfProcesses, 0);
        if (snapshot == -1) throw new Win32Exception();
        try
        {
            List<ProcessEntry> processes = [];
            var entry = new WindowsProcess { Size = (uint)Marshal.SizeOf<WindowsProcess>(), File = "" };
            for (var more = Process32First(snapshot, ref entry); more; more = Process32Next(snapshot, ref entry))
                processes.Add(new((int)entry.Id, (int)entry.Parent, StartOf((int)entry.Id), entry.File));
            return WithTrueParents(processes);
        }
        finally
        {
            CloseHandle(snapshot);
        }
    }

    /// <summary>A parent's number may have been used again: nobody is older than who started them. Where a beginning is not known the number stands.</summary>
    internal static List<ProcessEntry> WithTrueParents(IReadOnlyList<ProcessEntry> processes)
    {
        var started = processes.ToDictionary(process => process.Id, process => process.Started);
        return [.. processes.Select(process => process.Started.Length > 0 && string.CompareOrdinal(started.GetValueOrDefault(process.Parent, ""), process.Started) > 0 ? process with { Parent = 0 } : process)];
    }

    private static string StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks.ToString("D19", CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended, or belongs to the system.
            return "";
        }
    }

    private const uint OfProcesses = 2;

    [DllImport("kernel32.dll", SetLastError = true)]
    private static extern nint CreateToolhelp32Snapshot(uint flags, uint processId);

    [DllImport("kernel32.dll", EntryPoint = "Process32FirstW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Process32First(nint snapshot, ref WindowsProcess entry);

    [DllImport("kernel32.dll", EntryPoint = "Process32NextW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Process32Next(nint snapshot, ref WindowsProcess entry);

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(nint handle);

    /// <summary>Windows' PROCESSENTRY32W (https://learn.microsoft.com/windows/win32/api/tlhelp32/ns-tlhelp32-processentry32w).</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct WindowsProcess
    {
        public uint Size;
        public uint Usage;
        public uint Id;
        public nint DefaultHeap;
        public uint Module;
        public uint Threads;
        public uint Parent;
        public int Priority;
        public uint Flags;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        public string File;
    }
}
