using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks;

/// <summary>MLflow's own tracking server, to which both sides log.</summary>
internal sealed class TrackingServer : IDisposable
{
    private readonly Process _process;

    private TrackingServer(Process process, string uri)
    {
        _process = process;
        Uri = uri;
    }

    public string Uri { get; }

    /// <summary>Starts one over a new database and waits until it answers.</summary>
    public static async Task<TrackingServer> StartAsync(string python, string folder)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var start = new ProcessStartInfo(
            python, ["-m", "mlflow", "server", "--backend-store-uri", $"sqlite:///{folder}/server.db", "--host", "127.0.0.1", "--port", $"{port}", "--workers", "1"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new TrackingServer(process, $"http://127.0.0.1:{port}");
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 240; attempt++)
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

        server.Dispose();
        throw new InvalidOperationException("The tracking server did not answer within a minute.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
