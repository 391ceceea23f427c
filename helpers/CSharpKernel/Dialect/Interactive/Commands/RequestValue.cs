namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Asks for the value of a variable.</summary>
/// <param name="name">The variable's name.</param>
/// <param name="mimeType">The form in which it is wanted besides.</param>
/// <param name="targetKernelName">The kernel that has it.</param>
public sealed class RequestValue(string name, string mimeType = "application/json", string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The variable's name.</summary>
    public string Name { get; } = name;

    /// <summary>The form in which it is wanted besides.</summary>
    public string MimeType { get; } = mimeType;
}
