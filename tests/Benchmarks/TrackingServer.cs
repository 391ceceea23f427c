using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks;

/// <summary>A server of MLflow for Python over a new SQLite database, as <c>mlflow server</c> starts it, with one worker.</summary>
internal sealed class TrackingServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
    private readonly Process _process;

    private TrackingServer(string python)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        probe.Stop();
        Uri = $"http://127.0.0.1:{port}";
        string[] arguments = ["-m", "mlflow", "server", "--backend-store-uri", $"sqlite:///{_folder}/mlflow.db", "--host", "127.0.0.1", "--port", port, "--workers", "1"];
        // What it logs would fill a pipe that nobody reads.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > server.log 2>&1", "sh", python, .. arguments]) { WorkingDirectory = _folder };
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        start.Environment["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false";
        _process = Process.Start(start)!;
    }

    /// <summary>Where it listens.</summary>
    public string Uri { get; }

    /// <summary>Starts a server and waits until it answers, for a minute at most.</summary>
    public static async Task<TrackingServer> StartAsync(string python)
    {
        var server = new TrackingServer(python);
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 240 && !server._process.HasExited; attempt++)
        {
            try
            {
                if ((await http.GetAsync(new Uri($"{server.Uri}/health"))).IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(250);
        }

        var log = await File.ReadAllTextAsync(Path.Combine(server._folder, "server.log"));
        server.Dispose();
        throw new InvalidOperationException($"mlflow server did not start within a minute:\n{log}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
