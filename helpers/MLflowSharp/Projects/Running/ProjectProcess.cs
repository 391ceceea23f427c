using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLflowSharp.Projects.Running;

/// <summary>
/// A shell command in a process group of its own, so that all it starts can be stopped together. When this process dies, however it does, the
/// group is told to stop as well: a watcher in it notices that its input has ended.
/// </summary>
internal sealed partial class ProjectProcess : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    // The watcher reads a line, which this process writes when the command has ended, or the end of its input, which means that this process is gone.
    private const string Watched =
        """exec 3<&0; (trap '' TERM; read -r _ <&3 || { kill -TERM 0; sleep 10; kill -KILL 0; }) >/dev/null 2>&1 & exec 3<&-; exec bash -c "$1" </dev/null""";

    private readonly Process _process;
    private readonly Task _output;

    private ProjectProcess(Process process, Task output) => (_process, _output) = (process, output);

    /// <summary>Starts a command.</summary>
    /// <param name="command">The command line, for bash (cmd on Windows).</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="variables">Environment variables to set.</param>
    /// <param name="write">Gets its output, standard and error, one piece at a time.</param>
    public static ProjectProcess Start(string command, string folder, IReadOnlyDictionary<string, string> variables, Action<ReadOnlyMemory<char>> write)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = "cmd";
            start.Arguments = $"/s /c \"{command}\"";
        }
        else
        {
            // macOS has no setsid, but perl.
            (start.FileName, string[] leading) = Programs.Find("setsid") is { } setsid ? (setsid, Array.Empty<string>()) : ("perl", ["-e", "setpgrp(0, 0); exec @ARGV"]);
            foreach (var argument in leading.Concat(["bash", "-c", Watched, "mlflow", command]))
                start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var writing = new Lock();
        return new ProjectProcess(process, Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError)));

        async Task CopyAsync(StreamReader reader)
        {
            var buffer = new char[4096];
            while (await reader.ReadAsync(buffer.AsMemory()) is var count and > 0)
            {
                lock (writing)
                    write(buffer.AsMemory(0, count));
            }
        }
    }

    /// <summary>Waits for the end of the command, and of its output unless something that it left behind holds that open.</summary>
    /// <returns>Its exit code; 128 and the signal's number when a signal ended it.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteLineAsync();
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The watcher is gone already.
        }

        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
        return _process.ExitCode;
    }

    /// <summary>Tells the command and all it started to stop, and kills what has not after a while.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            return;
        }

        _ = SendSignal(-_process.Id, Terminate);
        using var limit = new CancellationTokenSource(grace);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It does not listen.
        }

        _ = SendSignal(-_process.Id, Kill);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SendSignal(int process, int signal);
}
