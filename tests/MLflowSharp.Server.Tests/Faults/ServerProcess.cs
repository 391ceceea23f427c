using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Faults;

/// <summary>Our server as the program it is for users, which can be killed at any moment and comes back at the same address.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _errors = [];
    private Process _process;

    private ServerProcess(string folder, string[] arguments, int port)
    {
        (_folder, _arguments, Port) = (folder, arguments, port);
        _process = Begin(new());
    }

    public int Port { get; }

    public string Uri => $"http://127.0.0.1:{Port}";

    public int Id => _process.Id;

    /// <summary>What it wrote to the standard error stream, in all of its lives.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>How many faults it has told of there: lines that begin with a method, a path and the name of an exception.</summary>
    public int FaultsTold => _errors.Count(line => Fault().IsMatch(line));

    /// <summary>How many files and sockets it has open; 0 where the system does not tell.</summary>
    public int Descriptors => Targets().Count();

    /// <summary>What it has open, by kind.</summary>
    public string Open => string.Join(", ", Targets().GroupBy(target => target).Select(group => $"{group.Count()} × {group.Key}"));

    /// <summary>Its memory in megabytes; 0 where the system does not tell.</summary>
    public double Megabytes => OperatingSystem.IsLinux()
        ? double.Parse(File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024
        : 0;

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="store">Its store.</param>
    /// <param name="artifacts">Where it keeps files.</param>
    public static async Task<ServerProcess> StartAsync(TemporaryFolder folder, string store, string? artifacts = null)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new ServerProcess(
            folder.FullName,
            [
                Path.Combine(AppContext.BaseDirectory, "MLflowSharp.Serving.dll"), "ui", "--backend-store-uri", store, "--artifacts-destination", artifacts ?? Path.Combine(folder.FullName, "served"),
                "--port", $"{port}", "--no-token", "--no-browser",
            ],
            port);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>Kills it as <c>kill -9</c> does, and starts it again.</summary>
    /// <param name="between">What happens meanwhile.</param>
    public async Task KillAndStartAsync(Func<Task>? between = null)
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        if (between is not null)
            await between();
        _process = Begin(new());
        await AnswersAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts one that is not expected to answer.</summary>
    public static ServerProcess StartInVain(TemporaryFolder folder, string store) => new(
        folder.FullName, [Path.Combine(AppContext.BaseDirectory, "MLflowSharp.Serving.dll"), "ui", "--backend-store-uri", store, "--port", "0", "--no-token", "--no-browser"], 0);

    /// <summary>What descriptors lead to. Code that was loaded, for which there are some too, is left out.</summary>
    private IEnumerable<string> Targets() => !OperatingSystem.IsLinux() ? []
        : new DirectoryInfo($"/proc/{Id}/fd").EnumerateFileSystemInfos().Select(descriptor => (descriptor.LinkTarget ?? "").Split(':')[0]).Where(target => Path.GetExtension(target) is not (".dll" or ".so"));

    private Process Begin(ProcessStartInfo start)
    {
        start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        start.WorkingDirectory = _folder;
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        foreach (var argument in _arguments)
            start.ArgumentList.Add(argument);
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MLFLOW_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _errors.Enqueue(line.Data);
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            Assert.False(_process.HasExited, $"The server ended: {string.Join('\n', _errors)}");
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "The server does not answer.");
            try
            {
                if ((await http.GetAsync(new Uri($"{Uri}/health"), TestContext.Current.CancellationToken)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [GeneratedRegex(@"^\S+ \S*: [A-Za-z.]+(Exception|Error)\b")]
    private static partial Regex Fault();
}
