using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookCorpus.Testers;

/// <summary>A tester written in Python: nbval, nbmake, nbclient or papermill.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Python">The interpreter whose environment holds it.</param>
/// <param name="JupyterFolder">Jupyter's data folder, which holds <c>kernels</c>.</param>
public sealed record PythonTester(string Name, string Python, string JupyterFolder)
{
    /// <summary>The peers there are, the one that compares outputs first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nbval", "nbmake", "nbclient", "papermill"];

    /// <summary>Judges notebooks in one go, each in its own folder.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="cellTimeout">How long a cell may take; whole seconds.</param>
    /// <param name="cancellationToken">Ends the tester's process, and those it started.</param>
    /// <exception cref="InvalidOperationException">The tester itself failed.</exception>
    public async Task<Judgements> JudgeAsync(IReadOnlyCollection<string> paths, TimeSpan cellTimeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var script = Path.Combine(AppContext.BaseDirectory, "Testers", "peers.py");
        var start = new ProcessStartInfo(Python, [script, Name, $"{(int)cellTimeout.TotalSeconds}", .. paths])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = JupyterFolder,
        };
        foreach (var variable in (string[])["JUPYTER_PATH", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"])
            start.Environment[variable] = JupyterFolder;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PYTHONIOENCODING"] = "utf-8";

        using var process = Process.Start(start)!;
        await using var ending = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        // A process that a notebook left behind may hold the pipe of errors open: it is read as long as the tester lives.
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var answer = await LastLineAsync(process.StandardOutput);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0 || answer is null)
        {
            await Task.WhenAny(errors, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
            throw new InvalidOperationException($"{Name} could not judge the notebooks; it ended with {process.ExitCode}: {(errors.IsCompletedSuccessfully ? errors.Result : answer)}");
        }

        var told = JsonNode.Parse(answer)!;
        return new Judgements(
            told["verdicts"]!.AsObject().ToDictionary(entry => entry.Key, entry => Read(entry.Value!)),
            TimeSpan.FromSeconds((double)told["seconds"]!));
    }

    private static Judgement Read(JsonNode told) =>
        new((bool)told["complains"]!, told["cell"] is { } cell ? [(int)cell] : [], (string)told["says"]!);

    // The script's answer is the last thing it prints; who inherited its output may keep it open.
    private static async Task<string?> LastLineAsync(StreamReader output)
    {
        string? last = null;
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            last = line;
            if (line.StartsWith("{\"seconds\":", StringComparison.Ordinal)) break;
        }

        return last;
    }
}
