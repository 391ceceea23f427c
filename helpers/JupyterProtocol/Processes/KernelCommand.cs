using System.Diagnostics;
using System.Globalization;
using JupyterProtocol.KernelSpecs;

namespace JupyterProtocol.Processes;

/// <summary>The command line of a kernelspec, made ready to run.</summary>
internal static class KernelCommand
{
    /// <summary>How the process is started.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">Where, and with which environment.</param>
    /// <param name="connectionFile">The file that tells it where to listen.</param>
    public static ProcessStartInfo Create(InstalledKernelSpec kernel, KernelStartOptions options, string connectionFile)
    {
        var arguments = kernel.Spec.Argv
            .Select(argument => argument
                .Replace("{connection_file}", connectionFile, StringComparison.Ordinal)
                .Replace(KernelSpec.ResourceDirectory, kernel.Directory, StringComparison.Ordinal))
            .ToArray();
        var start = new ProcessStartInfo(kernel.Executable, arguments[1..])
        {
            WorkingDirectory = options.WorkingDirectory ?? Environment.CurrentDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // As Jupyter does: a kernel ends itself when this process is gone. Process 1 adopts orphans, so it tells nothing there.
        if (!Platform.Current.IsWindows && Environment.ProcessId != 1)
            start.Environment[KernelProcess.ParentVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        start.Environment[KernelProcess.MarkVariable] = Path.GetFileNameWithoutExtension(connectionFile);
        foreach (var (name, value) in kernel.Spec.Environment)
            start.Environment[name] = value;
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }
}
