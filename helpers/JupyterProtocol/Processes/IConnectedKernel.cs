using JupyterProtocol.Client;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Processes;

/// <summary>A kernel that runs and answers, in whatever process, with a client connected to it. Disposing it ends the kernel.</summary>
public interface IConnectedKernel : IAsyncDisposable
{
    /// <summary>Raised for each line that the kernel writes to the standard output or error of a process of its own; handlers must be quick.</summary>
    event Action<string>? Wrote;

    /// <summary>The kernel that runs.</summary>
    InstalledKernelSpec Kernel { get; }

    /// <summary>The client connected to it.</summary>
    KernelClient Client { get; }

    /// <summary>What the kernel said of itself in its <c>kernel_info_reply</c>.</summary>
    Message Info { get; }

    /// <summary>The operating system's number of the process that it runs in.</summary>
    int ProcessId { get; }

    /// <summary>Completes with the exit code when the kernel ends, for whatever reason.</summary>
    Task<int> Exited { get; }

    /// <summary>What the kernel wrote last to the standard output and error of a process of its own.</summary>
    string LastWords { get; }

    /// <summary>Says that what the kernel wrote so far does not explain what may happen next.</summary>
    void ForgetWords();

    /// <summary>Interrupts the running cell.</summary>
    Task InterruptAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the kernel at once, and waits until it is gone or for a while.</summary>
    Task KillAsync();
}
