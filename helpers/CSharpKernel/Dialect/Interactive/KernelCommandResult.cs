using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>What came of a command.</summary>
/// <param name="command">The command.</param>
/// <param name="events">What happened, in its order; the last tells how it ended.</param>
public sealed class KernelCommandResult(KernelCommand command, IReadOnlyList<KernelEvent> events)
{
    /// <summary>The command.</summary>
    public KernelCommand Command { get; } = command;

    /// <summary>What happened, in its order; the last tells how it ended.</summary>
    public IReadOnlyList<KernelEvent> Events { get; } = events;
}
