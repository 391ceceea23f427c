using JupyterProtocol;

namespace CSharpKernel.Execution;

/// <summary>
/// Brings into the notebook what does not go through <see cref="Console"/>: the output of child processes, of native code and of
/// <see cref="Console.OpenStandardOutput()"/>. The kernel's own messages still go where the process's output went when it was started.
/// </summary>
internal static class ProcessOutput
{
    private static readonly Lock Installing = new();
    private static CapturedDescriptor[] _captured = [];
    private static bool _isInstalled;

    /// <summary>
    /// Redirects the process's output, once; later callers wait until that is done. Windows gives child processes handles, not descriptors,
    /// so there nothing is redirected.
    /// </summary>
    /// <param name="output">Where standard output goes without a cell.</param>
    /// <param name="log">Where standard error goes without a cell, and the word if it cannot be done; the kernel works without.</param>
    public static void Install(TextWriter output, TextWriter log)
    {
        lock (Installing)
        {
            if (_isInstalled || Platform.Current.IsWindows)
                return;
            _isInstalled = true;
            try
            {
                Platform.BufferLines();
                _captured = [CapturedDescriptor.Begin(1, "stdout", output)];
                // Where the runtime's last words would be lost, errors stay where they are.
                if (Platform.KeepErrors())
                    _captured = [.. _captured, CapturedDescriptor.Begin(2, "stderr", log)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.WriteLine($"What child processes and native code print does not reach the notebook: {e.Message}");
            }
        }
    }

    /// <summary>Passes on what has been written so far.</summary>
    /// <param name="withLines">Also what native code printed of a line that it has not ended.</param>
    public static void Drain(bool withLines = false)
    {
        if (withLines && _captured.Length > 0)
            Platform.FlushLines();
        foreach (var descriptor in _captured)
            descriptor.Drain();
    }
}
