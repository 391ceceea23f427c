using System.Globalization;
using CSharpKernel.Execution;
using CSharpKernel.Lifetime;
using CSharpKernel.Packages;
using CSharpKernel.Protocol;
using JupyterProtocol;
using JupyterProtocol.Connections;
using JupyterProtocol.Processes;
using JupyterProtocol.Server;

Platform.HearInterrupts();
if (args is not [var connectionFile])
{
    await Console.Error.WriteLineAsync("Usage: dotnet CSharpKernel.dll <connection_file>. Jupyter starts the kernel so; install it with: dotnet tutorial.cs kernel install");
    return 2;
}

// What a notebook shows is not to depend on the machine's language: cells name the cultures that they want.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
(CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);

try
{
    var connection = ConnectionInfo.Load(connectionFile);
    var (output, log) = (Console.Out, Console.Error);
    using var engine = new CSharpEngine(Environment.CurrentDirectory, PackageResolver.DefaultCache, TimeProvider.System);
    var redirected = Task.Run(() => ProcessOutput.Install(output, log));
    _ = Prewarm.RunAsync();
    _ = ParentWatch.ParentEndedAsync(Environment.GetEnvironmentVariable(KernelProcess.ParentVariable), TimeProvider.System)
        .ContinueWith(_ => Environment.Exit(0), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    using var lifetime = new KernelLifetime(connectionFile, log);
    using var end = new ProcessEnd(lifetime, log);
    StrayExceptions.Watch(log);
    var handler = new CSharpKernelHandler(engine, lifetime, redirected);
    using var interruptSignal = InterruptSignal.Listen(handler.Interrupt);
    using (var server = new KernelServer(connection, handler, TimeProvider.System, log))
    {
        server.Subscribed += () => _ = lifetime.Notice.PublishAsync(server, TimeProvider.System);
        await server.RunAsync(end.Stopping);
    }

    await end.ServedAsync();
}
catch (JupyterProtocolException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

// Threads that a cell started and left running would keep the process alive.
Environment.Exit(0);
return 0;
