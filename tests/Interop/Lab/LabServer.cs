using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CSharpKernel.KernelSpecs;

namespace Interop.Lab;

/// <summary>
/// A real <c>jupyter lab</c> on this machine alone, with folders of its own. It knows the kernel of this checkout as a class does: by a kernelspec
/// in a folder that is shared, which <c>JUPYTER_PATH</c> names.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder;
    private readonly CancellationTokenSource _kill = new();
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _process = Task.CompletedTask;

    private readonly string? _lessons;
    private readonly IReadOnlyDictionary<string, string> _variables;

    private LabServer(TemporaryFolder folder, string? lessons, IReadOnlyDictionary<string, string>? variables) =>
        (_folder, _lessons, _variables) = (folder, lessons, variables ?? new Dictionary<string, string>());

    /// <summary>What a request must carry.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What all its addresses begin with, as a host of notebooks (Open OnDemand, JupyterHub) asks for.</summary>
    public const string Prefix = "/node/lab/8888";

    /// <summary>Where it listens, with its prefix and without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The folder that the front end shows.</summary>
    public string Notebooks => _lessons ?? _folder.Combine("notebooks");

    /// <summary>What it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="lessons">A folder of notebooks that are opened and run, and never saved by themselves; null for an empty one.</param>
    /// <param name="variables">Environment variables for it and its kernels.</param>
    public static async Task<LabServer> StartAsync(string? lessons = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var server = new LabServer(new TemporaryFolder(), lessons, variables);
        try
        {
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to stop, its kernels included, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ready.Task.IsCompletedSuccessfully)
        {
            using var client = new HttpClient { Timeout = StopTimeout };
            using var answer = await client.PostAsync(new Uri($"{Address}/api/shutdown?token={Token}"), null);
        }

        if (await Task.WhenAny(_process, Task.Delay(StopTimeout)) != _process || !_ready.Task.IsCompletedSuccessfully)
            await _kill.CancelAsync();
        await Task.WhenAny(_process);
        _kill.Dispose();
        _folder.Dispose();
    }

    private async Task StartProcessAsync()
    {
        Directory.CreateDirectory(Notebooks);
        var shared = _folder.Combine("shared/share/jupyter");
        // The kernel's own output folder, as users start it; the copy beside these tests has their references.
        KernelSpecInstaller.InstallMovable(shared, Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll"), host: null);
        // Else the first start asks whether it may fetch news.
        await SetAsync("apputils-extension/notification", """{"fetchNews": "false", "checkForUpdates": false}""");
        if (_lessons is not null)
        {
            await SetAsync("docmanager-extension/plugin", """{"autosave": false}""");
            // Else cells that are out of sight are not in the page.
            await SetAsync("notebook-extension/tracker", """{"windowingMode": "none"}""");
        }

        var port = FreePort();
        Address = $"http://127.0.0.1:{port}{Prefix}";
        var command = PythonEnvironment.Require().JupyterCommand(
            _folder.FullName,
            [
                "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", $"--ServerApp.port={port}", "--ServerApp.port_retries=0", $"--ServerApp.base_url={Prefix}/",
                $"--ServerApp.root_dir={Notebooks}", "--ServerApp.terminals_enabled=False",
                "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            ]);
        var variables = command.EnvironmentVariables.ToDictionary();
        variables["JUPYTER_PATH"] = shared;
        // Not among the arguments, which everybody on this machine can read.
        variables["JUPYTER_TOKEN"] = Token;
        variables["JUPYTERLAB_SETTINGS_DIR"] = _folder.Combine("settings");
        variables["JUPYTERLAB_WORKSPACES_DIR"] = _folder.Combine("workspaces");
        foreach (var (variable, value) in _variables)
            variables[variable] = value;
        _process = command
            .WithEnvironmentVariables(variables)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Note))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Note))
            .ExecuteAsync(_kill.Token).Task;
        if (await Task.WhenAny(_ready.Task, _process, Task.Delay(StartTimeout)) != _ready.Task)
            Assert.Fail($"jupyter lab did not start:\n{Log}");
    }

    private async Task SetAsync(string plugin, string json)
    {
        var file = _folder.Combine($"settings/@jupyterlab/{plugin}.jupyterlab-settings");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, json);
    }

    private void Note(string line)
    {
        lock (_log)
            _log.AppendLine(line);
        if (line.Contains("is running at", StringComparison.Ordinal))
            _ready.TrySetResult();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
