using CSharpKernel.Dialect;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something was shown.</summary>
/// <param name="value">What was shown.</param>
/// <param name="command">The command.</param>
/// <param name="valueId">The place where it stands.</param>
public abstract class DisplayEvent(object? value, KernelCommand? command, string? valueId = null) : KernelEvent(command)
{
    /// <summary>What was shown.</summary>
    public object? Value { get; } = value;

    /// <summary>The place where it stands.</summary>
    public string? ValueId { get; } = valueId;

    internal override void Show(KernelInvocationContext context) => Shown.Show(Value, []);
}
