using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Text was written to standard error.</summary>
/// <param name="value">The text.</param>
/// <param name="command">The command.</param>
public sealed class StandardErrorValueProduced(string value, KernelCommand? command) : DisplayEvent(value, command)
{
    internal override void Show(KernelInvocationContext context) => context.Cell.Write("stderr", (string)Value!);
}
