using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Hosting;

/// <summary>
/// Hosts the C# kernel in this process, so that a debugger steps from a cell into the code it calls. Front ends talk to it by the same messages over the
/// same sockets. Console, current directory, environment variables and culture belong to the whole process: there is one such kernel at a time, later
/// ones wait for it, and when it ends they are as they were before. What cannot be undone stays: static state of libraries, threads that do not end.
/// A cell that takes its process down (<c>Environment.Exit</c>, a stack overflow, an exception on a thread of its own) takes this one.
/// What child processes and native code print goes where this process prints.
/// </summary>
public sealed class InProcessKernels : IKernelHost
{
    // Of the process, whoever made this host.
    private static readonly SemaphoreSlim Alone = new(1, 1);

    /// <inheritdoc/>
    public async Task<IConnectedKernel> StartAsync(InstalledKernelSpec kernel, KernelStartOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        if (kernel.Name != KernelSpecInstaller.KernelName)
            throw new JupyterProtocolException($"Only the kernel '{KernelSpecInstaller.KernelName}' can be hosted in this process, and this is '{kernel.Name}': run it in a process of its own.");
        await Alone.WaitAsync(cancellationToken);
        InProcessKernel? hosted = null;
        try
        {
            hosted = new InProcessKernel(kernel, options, () => Alone.Release());
            await hosted.BeginAsync(options.StartTimeout, cancellationToken);
            return hosted;
        }
        catch
        {
            if (hosted is null) Alone.Release();
            else await hosted.DisposeAsync();
            throw;
        }
    }
}
