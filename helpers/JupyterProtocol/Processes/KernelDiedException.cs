namespace JupyterProtocol.Processes;

/// <summary>A kernel's process ended although nobody asked it to.</summary>
public sealed class KernelDiedException : JupyterProtocolException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kernelName">The kernel.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastWords">What it last wrote to its standard output and error.</param>
    public KernelDiedException(string kernelName, int exitCode, string lastWords)
        : base($"The kernel '{kernelName}' died with {ExitCodes.Describe(exitCode)}." + (lastWords.Length == 0 ? " It left no message." : $" Its last words: {lastWords}"))
    {
        ExitCode = exitCode;
        LastWords = lastWords;
    }

    /// <summary>The exit code; 128 + n on Unix where signal n ended the process.</summary>
    public int ExitCode { get; }

    /// <summary>The last lines of its standard output and error.</summary>
    public string LastWords { get; }
}
