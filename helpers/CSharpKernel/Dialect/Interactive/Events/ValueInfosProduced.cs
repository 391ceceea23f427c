using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>The variables of a kernel.</summary>
/// <param name="valueInfos">The variables.</param>
/// <param name="command">The command that asked for them.</param>
public sealed class ValueInfosProduced(IReadOnlyCollection<ValueSharing.KernelValueInfo> valueInfos, RequestValueInfos command) : KernelEvent(command)
{
    /// <summary>The variables.</summary>
    public IReadOnlyCollection<ValueSharing.KernelValueInfo> ValueInfos { get; } = valueInfos;
}
