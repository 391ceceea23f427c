using System.Text;
using JupyterProtocol.Processes;

namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>The environment variable by which a kernel's processes are known, also those that no longer have a parent.</summary>
internal static class KernelMarker
{
    /// <summary>The variable of a kernel as <c>name=value</c>; null where the system does not show another process's environment.</summary>
    public static string? Of(int kernelProcessId)
    {
        try
        {
            var environment = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{kernelProcessId}/environ")).Split('\0');
            return Array.Find(environment, variable => variable.StartsWith(KernelProcess.MarkVariable + "=", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
