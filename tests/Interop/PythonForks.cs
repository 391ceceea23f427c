using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Interop;

/// <summary>
/// Runs scripts in processes forked from one that has imported their MLflow (<c>Python/fork_scripts.py</c>), because that takes longer
/// than most of the scripts. There is one for each version; it lives as long as the test run.
/// </summary>
internal sealed class PythonForks
{
    private static readonly ConcurrentDictionary<string, Lazy<PythonForks>> Known = new();

    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _running = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Lock _lock = new();
    private readonly Process _process;
    private int _count;

    private PythonForks(string mlflow)
    {
        _process = PythonEnvironment.Require().Serve("fork_scripts", mlflow, _errors, Environment.CurrentDirectory);
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
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string mlflow, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var (output, errors) = (Path.Combine(folder.FullName, "output"), Path.Combine(folder.FullName, "errors"));
        var forks = Known.GetOrAdd(mlflow, version => new Lazy<PythonForks>(() => new PythonForks(version))).Value;
        var code = await forks.StartAsync(
            new JsonObject { ["arguments"] = new JsonArray([.. arguments.Select(each => JsonValue.Create(each))]), ["output"] = output, ["errors"] = errors },
            cancellationToken);
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
