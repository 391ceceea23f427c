namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Runs code.</summary>
/// <param name="code">The code; it may hold magics, as a cell may.</param>
/// <param name="targetKernelName">The kernel that is to run it.</param>
public sealed class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;

    /// <inheritdoc/>
    public override string ToString() => $"SubmitCode: {Code}";
}
