using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Interop;

/// <summary>
/// Runs scripts in processes forked from one that has imported their MLflow, or Jupyter's tools (<c>Python/fork_scripts.py</c>), because that
/// takes longer than most of the scripts. There is one for each version and one for Jupyter; it lives as long as the test run.
/// </summary>
internal sealed class PythonForks
{
    private static readonly ConcurrentDictionary<(string Mlflow, string Modules), Lazy<PythonForks>> Known = new();

    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _running = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Lock _lock = new();
    private readonly Process _process;
    private int _count;

    private PythonForks(string mlflow, string modules)
    {
        _process = PythonEnvironment.Require().Serve("fork_scripts", mlflow, _errors, Environment.CurrentDirectory, modules);
        _ = Task.Run(ReadAsync);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process.StandardInput.Close();
    }

    /// <summary>Whether this system can copy a process.</summary>
    public static bool IsSupported => !OperatingSystem.IsWindows();

    /// <summary>Runs a script.</summary>
    /// <param name="mlflow">The MLflow version that it runs with.</param>
    /// <param name="arguments">The script's file and its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>The exit code, less than zero for the signal that ended it, and what it printed.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string mlflow, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync((mlflow, "mlflow"), new() { ["arguments"] = Json(arguments), ["folder"] = Environment.CurrentDirectory, ["variables"] = new JsonObject() }, cancellationToken);

    /// <summary>Runs a script with Jupyter's tools.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="variables">Environment variables that it has besides.</param>
    /// <param name="arguments">The script's file and its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>The exit code, less than zero for the signal that ended it, and what it printed.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunWithJupyterAsync(
        string folder, IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var set = new JsonObject(variables.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value)));
        return RunAsync((PythonEnvironment.NewestMlflow, "jupyter"), new() { ["arguments"] = Json(arguments), ["folder"] = folder, ["variables"] = set }, cancellationToken);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync((string Mlflow, string Modules) imported, JsonObject request, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var (output, errors) = (Path.Combine(folder.FullName, "output"), Path.Combine(folder.FullName, "errors"));
        (request["output"], request["errors"]) = (output, errors);
        var forks = Known.GetOrAdd(imported, each => new Lazy<PythonForks>(() => new PythonForks(each.Mlflow, each.Modules))).Value;
        var code = await forks.StartAsync(request, cancellationToken);
        return (code, await File.ReadAllTextAsync(output, cancellationToken), await File.ReadAllTextAsync(errors, cancellationToken));
    }

    private async Task<int> StartAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _count);
        request["id"] = number;
        var ended = _running[number] = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_process.HasExited)
            Fail();
        Write(request);
        await using (cancellationToken.Register(() => Write(new JsonObject { ["id"] = number, ["kill"] = true })))
        {
            var code = await ended.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return code;
        }
    }

    private static JsonArray Json(IEnumerable<string> texts) => [.. texts.Select(each => JsonValue.Create(each))];

    private void Write(JsonObject request)
    {
        lock (_lock)
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonNode.Parse(line)!;
            if (_running.TryRemove((int)answer["id"]!, out var ended))
                ended.SetResult((int)answer["code"]!);
        }

        Fail();
    }

    private void Fail()
    {
        foreach (var ended in _running.Values)
            ended.TrySetException(new InvalidOperationException($"fork_scripts.py ended:\n{string.Join('\n', _errors)}"));
    }
}
