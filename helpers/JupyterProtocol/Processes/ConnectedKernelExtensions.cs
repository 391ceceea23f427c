namespace JupyterProtocol.Processes;

/// <summary>What can be done with any running kernel.</summary>
public static class ConnectedKernelExtensions
{
    /// <summary>Waits for a task of a kernel's client, and stops waiting when the kernel dies.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="task">What it was asked.</param>
    /// <exception cref="KernelDiedException">The kernel died first.</exception>
    public static async Task<T> WithExitAsync<T>(this IConnectedKernel kernel, Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(task);
        if (await Task.WhenAny(task, kernel.Exited) != task && !task.IsCompleted)
            throw new KernelDiedException(kernel.Kernel.Name, await kernel.Exited, kernel.LastWords);
        return await task;
    }
}
