using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Code arrived.</summary>
/// <param name="command">The command that brought it.</param>
public sealed class CodeSubmissionReceived(SubmitCode command) : KernelEvent(command)
{
    /// <summary>The code.</summary>
    public string Code => ((SubmitCode)Command!).Code;
}
