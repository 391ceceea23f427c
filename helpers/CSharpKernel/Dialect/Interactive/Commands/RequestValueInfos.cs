namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Asks which variables there are.</summary>
/// <param name="targetKernelName">The kernel that has them.</param>
public sealed class RequestValueInfos(string? targetKernelName = null) : KernelCommand(targetKernelName);
