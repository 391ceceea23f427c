namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Runs the cells of another notebook or script, as <c>#!import</c> does.</summary>
/// <param name="filePath">The file.</param>
/// <param name="targetKernelName">The kernel that is to run them.</param>
public sealed class ImportDocument(string filePath, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The file.</summary>
    public string FilePath { get; } = filePath;
}
