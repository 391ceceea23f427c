using System.CommandLine;
using System.Runtime.InteropServices;
using MLflowSharp.Serving;
using MLflowSharp.Serving.Projects;

// The servers as a program of its own, for containers and services: what `dotnet tutorial.cs ui`, `serve` and `predict` do, without the course.
using var stop = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var root = new RootCommand("Serve what was logged with MLflow: runs and models to people and programs, and the predictions of a model.")
{
    UiCommand.Create(Console.Out, Console.Error),
    ServeCommand.Create(Console.Out, Console.Error),
    PredictCommand.Create(Console.Out, Console.Error),
    ProjectCommand.Create(Console.Out, Console.Error),
    GcCommand.Create(Console.Out, Console.Error),
    CopyCommands.CreateExport(Console.Out, Console.Error),
    CopyCommands.CreateImport(Console.Out, Console.Error),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);

void Stop(PosixSignalContext context)
{
    // The requests under way are answered first.
    context.Cancel = true;
    stop.Cancel();
}
