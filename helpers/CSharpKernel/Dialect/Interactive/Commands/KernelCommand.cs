namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Something that a kernel is to do.</summary>
/// <param name="targetKernelName">The kernel that is to do it; null for the one it is sent to.</param>
public abstract class KernelCommand(string? targetKernelName = null)
{
    /// <summary>The kernel that is to do it; null for the one it is sent to.</summary>
    public string? TargetKernelName { get; internal set; } = targetKernelName;
}
