using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>
/// A Python script that measures the peer: it greets with a line of JSON, then answers each line it is sent with one. It lives as long as the
/// measurement, so that both sides are equally warm and take turns.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    private PythonPeer(Process process) => _process = process;

    /// <summary>What the script said when it was ready, such as its library's version.</summary>
    public JsonNode Greeting { get; private set; } = null!;

    /// <summary>A Python that has a module: of the checkout's <c>.venv</c>, on the search path, or the system's; null when none has it.</summary>
    public static string? Find(string module) =>
        new[] { Checkout.Path(".venv", "bin", "python"), "python3", "/usr/bin/python3" }.FirstOrDefault(python => Has(python, module));

    /// <summary>Starts a script and waits for its greeting.</summary>
    /// <param name="python">The interpreter, from <see cref="Find"/>.</param>
    /// <param name="script">The script's file.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<PythonPeer> StartAsync(string python, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // As many threads as ours: one.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = "1";
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";

        var peer = new PythonPeer(Process.Start(start)!);
        try
        {
            peer.Greeting = await peer.ReadAsync();
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Sends a line and gives the answer.</summary>
    public async Task<JsonNode> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<JsonNode> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line && JsonNode.Parse(line) is { } answer
            ? answer
            : throw new InvalidOperationException($"{string.Join(' ', _process.StartInfo.ArgumentList)} ended without an answer; what it said is above.");

    private static bool Has(string python, string module)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                python, ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // No such interpreter.
        }
    }
}
