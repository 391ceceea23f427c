using System.Diagnostics;
using System.Runtime.InteropServices;
using JupyterProtocol;
using JupyterProtocol.Connections;
using JupyterProtocol.Server;
using ScriptedKernel;

Platform.HearInterrupts();

// Tests that are killed leave no kernels behind.
if (!OperatingSystem.IsWindows() && int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out var parent))
    _ = Process.GetProcessById(parent).WaitForExitAsync().ContinueWith(_ => Environment.Exit(1), TaskScheduler.Default);

if (Environment.GetEnvironmentVariable("SCRIPTED_STARTS") is { } starts)
    await File.AppendAllTextAsync(starts, $"{Environment.ProcessId}\n");
if (Environment.GetEnvironmentVariable("SCRIPTED_DIES_AFTER") is { } mark && !File.Exists(Environment.GetEnvironmentVariable("SCRIPTED_DEATH")))
    _ = ScriptedFiles.DieAfterAsync(mark, Environment.GetEnvironmentVariable("SCRIPTED_DEATH")!);

switch (args)
{
    case ["--dies-at-start", ..]:
        await Console.Error.WriteLineAsync("I was not meant to live.");
        return 3;
    case ["--never-answers", ..]:
        await Console.Out.WriteLineAsync("I am here, but I do not talk.");
        await Task.Delay(Timeout.Infinite);
        return 0;
    case ["--lingers"]:
        await Task.Delay(TimeSpan.FromMinutes(1));
        return 0;
    case [var connectionFile]:
        var handler = new ScriptHandler();
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            handler.Interrupt();
        }))
        {
            using var server = new KernelServer(ConnectionInfo.Load(connectionFile), handler);
            await server.RunAsync();
            return 0;
        }

    default:
        await Console.Error.WriteLineAsync("Usage: ScriptedKernel [--dies-at-start|--never-answers] <connection_file>");
        return 2;
}
