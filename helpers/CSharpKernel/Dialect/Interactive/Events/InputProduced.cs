using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>The user answered.</summary>
/// <param name="value">The answer.</param>
/// <param name="command">The command that asked.</param>
public sealed class InputProduced(string value, RequestInput command) : KernelEvent(command)
{
    /// <summary>The answer.</summary>
    public string Value { get; } = value;
}
