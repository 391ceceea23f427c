using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something that happened while a command ran.</summary>
/// <param name="command">The command.</param>
public abstract class KernelEvent(KernelCommand? command)
{
    /// <summary>The command.</summary>
    public KernelCommand? Command { get; } = command;

    internal virtual void Show(KernelInvocationContext context)
    {
    }
}
