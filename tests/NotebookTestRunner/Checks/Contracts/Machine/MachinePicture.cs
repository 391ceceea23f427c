namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>The kernel's processes and ports at some moment.</summary>
/// <param name="Processes">The kernel, and what it started.</param>
/// <param name="Ports">The ports they listen on.</param>
/// <param name="State">What the kernel says of itself; null where nobody wants to know.</param>
internal sealed record MachinePicture(IReadOnlyList<ProcessEntry> Processes, IReadOnlySet<int> Ports, KernelState? State)
{
    /// <summary>Looks at a kernel.</summary>
    public static async Task<MachinePicture> TakeAsync(IRunningKernel kernel, int kernelId, string? marker, bool asksKernel, CancellationToken cancellationToken)
    {
        var processes = ProcessTable.Tree(kernelId, marker);
        return new(processes, Listeners.Of(processes), asksKernel ? await KernelState.ReadAsync(kernel, cancellationToken) : null);
    }
}
