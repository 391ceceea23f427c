namespace MLflowSharp.Projects.Running;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error stream.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it went well.</summary>
    public bool IsSuccess => ExitCode == 0;
}
