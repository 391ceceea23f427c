using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>A command failed.</summary>
/// <param name="exception">Why, if it was an exception.</param>
/// <param name="command">The command.</param>
/// <param name="message">Why, in words.</param>
public sealed class CommandFailed(Exception? exception, KernelCommand command, string? message = null) : KernelEvent(command)
{
    /// <summary>Why, if it was an exception.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>Why, in words.</summary>
    public string Message { get; } = message ?? exception?.Message ?? "";
}
