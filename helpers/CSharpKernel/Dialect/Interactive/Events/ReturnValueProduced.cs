using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Code ended in a value.</summary>
/// <param name="value">The value.</param>
/// <param name="command">The command.</param>
/// <param name="valueId">The place where it stands.</param>
public sealed class ReturnValueProduced(object? value, KernelCommand? command, string? valueId = null) : DisplayEvent(value, command, valueId);
