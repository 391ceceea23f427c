using System.Diagnostics;
using System.Globalization;

namespace NotebookTestRunner.Mutations;

/// <summary>Runs classes of the tests over the assembly with the faults, in a copy of the tests' folder.</summary>
/// <param name="subject">The project and its tests.</param>
/// <param name="folder">The copy.</param>
internal sealed class TestRuns(Subject subject, string folder)
{
    private const long LargeFile = 20_000_000;

    /// <summary>Copies the tests as they are built.</summary>
    public static TestRuns Prepare(Subject subject, string checkout, string folder)
    {
        var built = Path.Combine(checkout, "artifacts", "bin", subject.Tests);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            // Only large libraries stay links: the assembly with the faults must not be written through one to the real assembly.
            var real = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            if (new FileInfo(real).Length > LargeFile) File.CreateSymbolicLink(copy, real);
            else File.Copy(real, copy);
        }

        return new(subject, folder);
    }

    /// <summary>The names of the test classes.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var (_, text) = await StartAsync(TimeSpan.FromMinutes(1), [], "-list", "classes");
        return [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(subject.Tests + ".", StringComparison.Ordinal) && !line.Contains(' ')).Distinct()];
    }

    /// <summary>Runs one class with no fault on, and gives the faults it reaches and how long it takes; null when it fails without any fault.</summary>
    public async Task<(IReadOnlySet<int> Reached, TimeSpan Time)?> RecordAsync(string testClass)
    {
        var file = Path.Combine(folder, $"reached-{testClass}.txt");
        var clock = Stopwatch.StartNew();
        var (code, _) = await StartAsync(TimeSpan.FromMinutes(4), new() { [Switch.ReachedVariable] = file }, "-class", testClass);
        if (code != 0) return null;
        var numbers = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        return (numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToHashSet(), clock.Elapsed);
    }

    /// <summary>Whether a fault is noticed: one of the classes fails, or does not end.</summary>
    /// <param name="fault">The fault's number.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="limit">How long they may take.</param>
    public async Task<bool> NoticesAsync(int fault, IEnumerable<string> classes, TimeSpan limit)
    {
        var (code, _) = await StartAsync(limit, new() { [Switch.FaultVariable] = fault.ToString(CultureInfo.InvariantCulture) }, [.. classes.SelectMany(name => (string[])["-class", name]), "-stopOnFail"]);
        return code != 0;
    }

    private async Task<(int Code, string Text)> StartAsync(TimeSpan limit, Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, subject.Tests + ".dll"), "-noLogo", "-noColor", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        // Many short processes: code that is compiled fast matters more than fast code.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource(limit);
        try
        {
            var text = process.StandardOutput.ReadToEndAsync(stop.Token);
            _ = process.StandardError.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return (process.ExitCode, await text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "did not end in time");
        }
    }
}
