using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Coverage;

/// <summary>
/// Which lines of Python modules ran under notebooks, by coverage.py where the kernel's Python has it: its own start file measures a process that is
/// told to by a variable (https://coverage.readthedocs.io/en/latest/subprocess.html). Python's libraries and the cells themselves are left out.
/// </summary>
/// <param name="folder">A folder for what the kernels write; the caller removes it.</param>
public sealed class PythonCoverage(string folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string settings = Path.Combine(folder, "coverage.ini");

    /// <summary>Environment variables that make a kernel write down what runs.</summary>
    public IReadOnlyDictionary<string, string> Variables()
    {
        // Cells stand in files of that name, which are gone afterwards. Data goes to the disk also where a kernel is ended by a signal.
        File.WriteAllText(settings, $"""
            [run]
            data_file = {Path.Combine(folder, "data")}
            parallel = true
            sigterm = true
            omit = */ipykernel_*/*
            [report]
            ignore_errors = true
            """);
        return new Dictionary<string, string> { ["COVERAGE_PROCESS_START"] = settings };
    }

    /// <summary>Reads what the kernels wrote.</summary>
    /// <param name="python">A Python that has coverage.py: that of the kernels.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The modules, in the order of their paths; none where no kernel ran code of any.</returns>
    /// <exception cref="NotebookRunException">That Python has no coverage.py, or it cannot read the data.</exception>
    public async Task<IReadOnlyList<PythonModuleLines>> ReadAsync(string python, CancellationToken cancellationToken = default)
    {
        if (!Directory.EnumerateFiles(folder, "data.*").Any())
            throw new NotebookRunException($"The kernel wrote down no lines: install coverage.py where it runs ('{python} -m pip install coverage').");
        await AskAsync(python, ["combine", "--quiet"], cancellationToken);
        var report = Path.Combine(folder, "lines.json");
        // It says so, too, where nothing was measured.
        if (await AskAsync(python, ["json", "--quiet", "-o", report], cancellationToken) is { } nothing && !File.Exists(report))
            return nothing.Contains("No data", StringComparison.OrdinalIgnoreCase) ? [] : throw Unreadable(python, nothing);
        var files = JsonNode.Parse(await File.ReadAllTextAsync(report, cancellationToken))!["files"]!.AsObject();
        return [.. files.Select(file => new PythonModuleLines(Path.GetFullPath(file.Key, folder), Lines(file.Value!["executed_lines"]), Lines(file.Value["missing_lines"]))).OrderBy(module => module.Path, StringComparer.Ordinal)];
    }

    private static int[] Lines(JsonNode? node) => [.. node!.AsArray().Select(line => line!.GetValue<int>())];

    /// <summary>Has coverage.py do something; what it complained of, or null when it went well.</summary>
    private async Task<string?> AskAsync(string python, string[] words, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-m", "coverage", .. words, $"--rcfile={settings}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            })!;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? null : string.Concat(said).Trim();
        }
        catch (Exception error) when (error is Win32Exception or IOException or JsonException)
        {
            throw Unreadable(python, error.Message);
        }
    }

    private static NotebookRunException Unreadable(string python, string why) => new($"Which lines of Python ran cannot be read with '{python} -m coverage': {why}");
}
