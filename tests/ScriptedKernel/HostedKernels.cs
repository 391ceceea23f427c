using System.Diagnostics;
using System.Globalization;
using JupyterProtocol.Connections;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Server;

namespace ScriptedKernel;

/// <summary>
/// Scripted kernels that live in the tests' own process, where they answer at once; what the runner starts, watches and ends is a process that
/// only waits. Not for commands about the process: die, spawn, folder, variable, pid, listen, allocate, and files by relative paths.
/// </summary>
public sealed class HostedKernels : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource stop = new();
    // Where processes leave word that they were started.
    private readonly string folder = Directory.CreateTempSubdirectory("hosted-kernels-").FullName;

    public HostedKernels() => _ = Task.Run(WatchAsync);

    /// <summary>Whether there is a shell to wait.</summary>
    public static bool ArePossible => !OperatingSystem.IsWindows();

    /// <summary>The kernelspec; interrupts come by message.</summary>
    public KernelSpec Spec => ScriptedKernelSpec.Create() with { Argv = ["/bin/sh", "-c", $"echo \"$1\" > '{folder}'/$$; exec sleep 600", "sh", "{connection_file}"] };

    public void Dispose()
    {
        stop.Cancel();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WatchAsync()
    {
        HashSet<string> known = [];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var file in Directory.GetFiles(folder).Where(file => !known.Contains(file)))
                {
                    // Its line may not be written yet.
                    if (await File.ReadAllTextAsync(file) is not [.. var connectionFile, '\n']) continue;
                    known.Add(file);
                    _ = Task.Run(() => ServeAsync(int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture), connectionFile));
                }

                await Task.Delay(Pace);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is gone: the test is over.
        }
    }

    private async Task ServeAsync(int processId, string connectionFile)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            try
            {
                using var server = new KernelServer(ConnectionInfo.Load(connectionFile), new ScriptHandler(_ => process.Kill()), log: TextWriter.Null);
                await server.RunAsync(stop.Token);
            }
            finally
            {
                // With the kernel its process ends, also when a port was taken meanwhile: the runner then tries others.
                process.Kill();
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or OperationCanceledException or JupyterProtocol.JupyterProtocolException)
        {
            // The runner has ended it, or the test is over.
        }
    }
}
