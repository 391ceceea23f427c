using CSharpKernel.Execution;
using CSharpKernel.Packages;
using CSharpKernel.Protocol;
using JupyterProtocol;
using JupyterProtocol.Connections;
using JupyterProtocol.Server;

if (args is not [var connectionFile])
{
    await Console.Error.WriteLineAsync("Usage: dotnet CSharpKernel.dll <connection_file>. Jupyter starts the kernel so; install it with: dotnet tutorial.cs kernel install");
    return 2;
}

try
{
    var connection = ConnectionInfo.Load(connectionFile);
    var log = Console.Error;
    using var engine = new CSharpEngine(Environment.CurrentDirectory, PackageResolver.DefaultCache, TimeProvider.System);
    _ = Prewarm.RunAsync();
    _ = ParentWatch.ParentEndedAsync(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), TimeProvider.System)
        .ContinueWith(_ => Environment.Exit(0), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    using var server = new KernelServer(connection, new CSharpKernelHandler(engine), TimeProvider.System, log);
    await server.RunAsync();
}
catch (JupyterProtocolException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

// Threads that a cell started and left running would keep the process alive.
Environment.Exit(0);
return 0;
