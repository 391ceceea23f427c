using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Interop.Rest;

/// <summary>
/// Real MLflow servers of one version, one for each test, forked from one process that has MLflow imported and an empty database made
/// (<c>Python/serve_stores.py</c>). It lives as long as the test run.
/// </summary>
internal sealed class StoreServers
{
    private static readonly ConcurrentDictionary<string, Lazy<StoreServers>> Versions = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("tutorial-interop-rest-").FullName;
    private readonly Process _process;
    private readonly Lock _lock = new();

    private StoreServers(string mlflow)
    {
        _process = PythonEnvironment.Require().Serve("serve_stores", mlflow, Errors, _folder, _folder);
        var version = (string?)Read()["version"];
        Assert.Equal(mlflow, version);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    private ConcurrentQueue<string> Errors { get; } = new();

    public static StoreServers Of(string mlflow) => Versions.GetOrAdd(mlflow, version => new(() => new(version))).Value;

    /// <summary>Starts a server over an empty store.</summary>
    /// <param name="overFiles">Whether it is a file store, not a database.</param>
    /// <param name="host">The address of this machine that it listens at.</param>
    public (string Uri, int ProcessId) Start(bool overFiles = false, string host = "127.0.0.1")
    {
        var server = Ask($"start {(overFiles ? "files" : "database")} {host}");
        return ($"http://{host}:{(int)server["port"]!}", (int)server["pid"]!);
    }

    /// <summary>Starts a server over the store of one that was stopped, at its old address.</summary>
    public int StartAgain(int processId) => (int)Ask($"again {processId}")["pid"]!;

    /// <summary>Kills a server (SIGKILL).</summary>
    public void Stop(int processId) => Ask($"stop {processId}");

    /// <summary>Stops a server where it is: its connections stay, and nobody answers.</summary>
    public void Freeze(int processId) => Ask($"freeze {processId}");

    /// <summary>Lets it go on.</summary>
    public void Thaw(int processId) => Ask($"thaw {processId}");

    private JsonNode Ask(string line)
    {
        lock (_lock)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            return Read();
        }
    }

    private JsonNode Read() => _process.StandardOutput.ReadLine() is { } line
        ? JsonNode.Parse(line)!
        : throw new InvalidOperationException($"serve_stores.py ended:\n{string.Join('\n', Errors)}");

    private void Stop()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromMinutes(1));
        Directory.Delete(_folder, recursive: true);
    }
}
