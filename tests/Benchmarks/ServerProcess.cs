using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks;

/// <summary>A server in a process of its own, ours or MLflow's, with a working folder that goes with it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(ProcessStartInfo start, int port, string folder)
    {
        Uri = new($"http://127.0.0.1:{port}");
        _folder = folder;
        _process = Process.Start(start)!;
    }

    /// <summary>Where it listens.</summary>
    public Uri Uri { get; }

    /// <summary>From the start of the process to its first answer, in seconds.</summary>
    public double StartSeconds { get; private set; }

    /// <summary>The memory of the process and of those that it started, in MB.</summary>
    public double MemoryMegabytes() => Family(_process.Id).Sum(Resident);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts a server and waits until it answers, for two minutes at most.</summary>
    /// <param name="command">What starts it, of a port that is free and of its working folder.</param>
    /// <param name="ready">The path that it answers when it is ready.</param>
    /// <param name="prepare">Fills the working folder before the start; default: it is empty.</param>
    public static async Task<ServerProcess> StartAsync(Func<string, string, string[]> command, string ready, Action<string>? prepare = null)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        prepare?.Invoke(folder);
        var words = command(port.ToString(CultureInfo.InvariantCulture), folder);
        // What it logs would fill a pipe that nobody reads.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > server.log 2>&1", "sh", .. words]) { WorkingDirectory = folder };
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        start.Environment["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false";
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = "1";
        // MLflow looks for uvicorn, which is beside its Python, on the path.
        start.Environment["PATH"] = $"{Path.GetDirectoryName(words[0])}:{Environment.GetEnvironmentVariable("PATH")}";
        var clock = Stopwatch.StartNew();
        var server = new ServerProcess(start, port, folder);
        using var http = new HttpClient();
        while (clock.Elapsed < TimeSpan.FromMinutes(2) && !server._process.HasExited)
        {
            try
            {
                if ((await http.GetAsync(new Uri(server.Uri, ready))).IsSuccessStatusCode)
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

        var said = await File.ReadAllTextAsync(Path.Combine(folder, "server.log"));
        server.Dispose();
        throw new InvalidOperationException($"{string.Join(' ', words)} did not answer within two minutes:\n{said}");
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
