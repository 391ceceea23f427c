using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>The value of a variable.</summary>
/// <param name="value">The value.</param>
/// <param name="name">The variable.</param>
/// <param name="command">The command that asked for it.</param>
public sealed class ValueProduced(object? value, string name, RequestValue command) : KernelEvent(command)
{
    /// <summary>The value.</summary>
    public object? Value { get; } = value;

    /// <summary>The variable.</summary>
    public string Name { get; } = name;
}
