using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>A command ended well.</summary>
/// <param name="command">The command.</param>
public sealed class CommandSucceeded(KernelCommand command) : KernelEvent(command);
