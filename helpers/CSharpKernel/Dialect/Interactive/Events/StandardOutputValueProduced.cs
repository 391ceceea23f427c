using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Text was written to standard output.</summary>
/// <param name="value">The text.</param>
/// <param name="command">The command.</param>
public sealed class StandardOutputValueProduced(string value, KernelCommand? command) : DisplayEvent(value, command)
{
    internal override void Show(KernelInvocationContext context) => context.Cell.Write("stdout", (string)Value!);
}
