namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Gives a value to a variable.</summary>
/// <param name="name">The variable's name.</param>
/// <param name="value">The value.</param>
/// <param name="formattedValue">Its written form, which the kernels of this process do not need.</param>
/// <param name="targetKernelName">The kernel that gets it.</param>
public sealed class SendValue(string name, object? value, object? formattedValue = null, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The variable's name.</summary>
    public string Name { get; } = name;

    /// <summary>The value.</summary>
    public object? Value { get; } = value;

    /// <summary>Its written form.</summary>
    public object? FormattedValue { get; } = formattedValue;
}
