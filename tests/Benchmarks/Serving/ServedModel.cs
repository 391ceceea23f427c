using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks;

/// <summary>A scoring server in a process of its own, ours or MLflow's, over the same model.</summary>
internal sealed class ServedModel : IDisposable
{
    private readonly Process _process;
    private readonly string _log;

    private ServedModel(ProcessStartInfo start, int port, string log)
    {
        Uri = new($"http://127.0.0.1:{port}");
        _log = log;
        _process = Process.Start(start)!;
    }

    /// <summary>Where it listens.</summary>
    public Uri Uri { get; }

    /// <summary>From the start of the process to its first answer, in seconds.</summary>
    public double StartSeconds { get; private set; }

    /// <summary>Our server.</summary>
    public static Task<ServedModel> OursAsync(string model)
    {
        var program = Checkout.Path("artifacts", "bin", "MLflowSharp.Serving", "MLflowSharp.Serving.dll");
        return StartAsync(port => ["dotnet", program, "serve", model, "--port", port, "--no-token", "--quiet"], path: null);
    }

    /// <summary>MLflow's server in the environment of a Python.</summary>
    public static Task<ServedModel> TheirsAsync(string python, string model) =>
        // It looks for uvicorn on the path.
        StartAsync(port => [python, "-m", "mlflow", "models", "serve", "-m", model, "--port", port, "--env-manager", "local"], Path.GetDirectoryName(python));

    /// <summary>The memory of the process and of those that it started, in MB.</summary>
    public double MemoryMegabytes() => Family(_process.Id).Sum(Resident);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_log);
    }

    private static async Task<ServedModel> StartAsync(Func<string, string[]> command, string? path)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var log = Path.GetTempFileName();
        // What it logs would fill a pipe that nobody reads.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$@\" > {log} 2>&1", "sh", .. command(port.ToString(CultureInfo.InvariantCulture))]);
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = "1";
        if (path is not null)
            start.Environment["PATH"] = $"{path}:{Environment.GetEnvironmentVariable("PATH")}";
        var clock = Stopwatch.StartNew();
        var server = new ServedModel(start, port, log);
        using var http = new HttpClient();
        while (clock.Elapsed < TimeSpan.FromMinutes(2) && !server._process.HasExited)
        {
            try
            {
                if ((await http.GetAsync(new Uri(server.Uri, "ping"))).IsSuccessStatusCode)
                {
                    server.StartSeconds = clock.Elapsed.TotalSeconds;
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(5);
        }

        var said = await File.ReadAllTextAsync(log);
        server.Dispose();
        throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList.Skip(3))} did not answer within two minutes:\n{said}");
    }

    private static IEnumerable<int> Family(int process)
    {
        yield return process;
        var children = $"/proc/{process}/task/{process}/children";
        if (!File.Exists(children))
            yield break;
        foreach (var child in File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var member in Family(int.Parse(child, CultureInfo.InvariantCulture)))
                yield return member;
        }
    }

    private static double Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000;
    }
}
