using System.Diagnostics;
using System.Globalization;

namespace NotebookTestRunner.Resources;

/// <summary>A process and those it started, seen from outside. On Linux from <c>/proc</c>; elsewhere the process alone, as .NET tells it.</summary>
/// <param name="root">The number of the process.</param>
internal sealed class ProcessTree(int root)
{
    private const string Proc = "/proc";

    private List<int> members = [root];
    private bool canResetPeak = OperatingSystem.IsLinux();

    /// <summary>Looks for processes that the others have started since.</summary>
    public void Refresh()
    {
        if (!OperatingSystem.IsLinux()) return;
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories(Proc))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) is { } parent) parents[id] = parent;
        }
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++) found.AddRange(parents.Where(pair => pair.Value == found[i]).Select(pair => pair.Key));
        members = found;
    }

    /// <summary>The memory all of them hold now (resident pages), in bytes; 0 when none can be seen.</summary>
    public long Memory()
    {
        if (OperatingSystem.IsLinux()) return members.Sum(Resident);
        try
        {
            using var process = Process.GetProcessById(root);
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Has the kernel of Linux forget the process's own peak, so that <see cref="PeakOfRoot"/> counts from now.</summary>
    public void ResetPeak()
    {
        if (!canResetPeak) return;
        try
        {
            File.WriteAllText($"{Proc}/{root}/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            canResetPeak = false;
        }
    }

    /// <summary>The most the process itself held since <see cref="ResetPeak"/>, without a gap between samples; 0 where the system does not tell.</summary>
    public long PeakOfRoot()
    {
        if (!canResetPeak || Read($"{Proc}/{root}/status") is not { } status) return 0;
        var at = status.IndexOf("VmHWM:", StringComparison.Ordinal);
        if (at < 0) return 0;
        var number = status.AsSpan(at + 6).TrimStart();
        return long.TryParse(number[..Math.Max(0, number.IndexOf(' '))], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : 0;
    }

    /// <summary>The memory of those that the process started, in bytes.</summary>
    public long MemoryOfChildren() => members.Count > 1 ? members.Skip(1).Sum(Resident) : 0;

    /// <summary>The threads of the process: name, what each does, and its processor time; empty where the system does not tell.</summary>
    public IReadOnlyList<string> Threads()
    {
        if (!OperatingSystem.IsLinux()) return [];
        try
        {
            return [.. Directory.EnumerateDirectories($"{Proc}/{root}/task").Select(folder => Thread(folder)).OfType<string>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Thread(string folder)
    {
        if (Read($"{folder}/stat") is not { } stat || Fields(stat) is not { Length: > 13 } fields) return null;
        var doing = fields[0] switch { "R" => "running", "D" => "waiting for a device", "S" => "waiting", "T" or "t" => "stopped", "Z" => "ended", _ => fields[0] };
        // In ticks, of which Linux has shown 100 a second to every program since 2.6, whatever its own clock.
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')],-16} {doing}, {ticks / 100.0:0.00} s of processor time");
    }

    private static long Resident(int process) =>
        Read($"{Proc}/{process}/statm")?.Split(' ') is [_, var pages, ..] && long.TryParse(pages, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count * Environment.SystemPageSize : 0;

    private static int? ParentOf(int process) =>
        Read($"{Proc}/{process}/stat") is { } stat && Fields(stat) is [_, var parent, ..] && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // A name may hold blanks and parentheses; what follows the last one is plain.
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Processes come and go.
            return null;
        }
    }
}
