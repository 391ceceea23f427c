using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace Interop.Services;

/// <summary>A real Slurm of one node on this machine, started once for the tests that share it.</summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Services", "slurm-one-node.sh");
    private readonly TemporaryFolder _folder = new();
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/sbin/slurmctld") || !File.Exists("/usr/sbin/slurmd"))
        {
            _missing = "No Slurm, or not root: apt-get install --no-install-recommends slurmctld slurmd munge slurm-client.";
            return;
        }

        // slurmd runs jobs in the folder of another user as well: everybody may pass.
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var started = await Cli.Wrap("bash").WithArguments([Script, "start", _folder.Combine("slurm"), $"{FreePort()}", $"{FreePort()}", "8"])
            .WithStandardOutputPipe(PipeTarget.ToFile(_folder.Combine("start.log"))).WithStandardErrorPipe(PipeTarget.ToFile(_folder.Combine("error.log")))
            .WithValidation(CommandResultValidation.None).ExecuteAsync();
        if (started.ExitCode != 0)
            _missing = $"Slurm did not start: {await File.ReadAllTextAsync(_folder.Combine("error.log"))}";
        else
            Environment.SetEnvironmentVariable("SLURM_CONF", _folder.Combine("slurm/slurm.conf"));
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(_folder.Combine("slurm/slurm.conf")))
            await Cli.Wrap("bash").WithArguments([Script, "stop", _folder.Combine("slurm")]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        _folder.Dispose();
    }

    /// <summary>Skips the test where Slurm cannot be had, or fails it where everything is required.</summary>
    public void Require()
    {
        if (_missing is { } reason)
            PythonEnvironment.Missing(reason);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
