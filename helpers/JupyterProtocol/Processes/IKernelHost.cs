using JupyterProtocol.KernelSpecs;

namespace JupyterProtocol.Processes;

/// <summary>Starts kernels elsewhere than in a process of their own.</summary>
public interface IKernelHost
{
    /// <summary>Starts a kernel and waits until it answers.</summary>
    /// <param name="kernel">The kernel, from <see cref="KernelSpecStore.Find"/>.</param>
    /// <param name="options">How to start it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JupyterProtocolException">The kernel cannot be hosted, or does not answer in time.</exception>
    Task<IConnectedKernel> StartAsync(InstalledKernelSpec kernel, KernelStartOptions options, CancellationToken cancellationToken);
}
