using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something went wrong.</summary>
/// <param name="message">What.</param>
/// <param name="command">The command.</param>
public sealed class ErrorProduced(string message, KernelCommand? command) : DisplayEvent(message, command)
{
    /// <summary>What went wrong.</summary>
    public string Message { get; } = message;

    internal override void Show(KernelInvocationContext context) => context.Cell.Write("stderr", Message + "\n");
}
