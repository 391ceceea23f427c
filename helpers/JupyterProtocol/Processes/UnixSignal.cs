using System.ComponentModel;
using System.Runtime.InteropServices;

namespace JupyterProtocol.Processes;

/// <summary>What .NET cannot send: SIGINT to another process.</summary>
internal static partial class UnixSignal
{
    private const int SIGINT = 2;

    public static void Interrupt(int processId)
    {
        if (Kill(processId, SIGINT) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Process {processId} cannot be interrupted.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
