using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;

namespace Tutorial.Cli.Running;

/// <summary>A kernelspec as Jupyter finds it.</summary>
/// <param name="Name">The kernel's name.</param>
/// <param name="Folder">Where its <c>kernel.json</c> is.</param>
/// <param name="Problem">Why it cannot be started and what to do, or null.</param>
internal sealed record InstalledKernel(string Name, string Folder, string? Problem);

/// <summary>Looks through Jupyter's folders; unlike Jupyter, also at kernels that cannot be used.</summary>
internal static class InstalledKernels
{
    /// <summary>All kernels, each name once: the first folder that has it wins, as in Jupyter.</summary>
    /// <param name="dataDirectories">Jupyter's data folders, in its order of search.</param>
    public static IReadOnlyList<InstalledKernel> Find(IReadOnlyList<string> dataDirectories) =>
    [
        .. dataDirectories
            .Select(directory => Path.Combine(directory, "kernels"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, "kernel.json")))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .Select(folder => new InstalledKernel(Path.GetFileName(folder), folder, Problem(folder)))
            .OrderBy(kernel => kernel.Name, StringComparer.Ordinal),
    ];

    private static string? Problem(string folder)
    {
        try
        {
            var argv = KernelSpec.Load(Path.Combine(folder, "kernel.json")).Argv;
            // The program, and for ours the assembly it is to run.
            var missing = argv.FirstOrDefault(argument => Path.IsPathFullyQualified(argument) && !argument.Contains('{', StringComparison.Ordinal) && !File.Exists(argument));
            return missing is null ? null
                : Path.GetFileName(folder).Equals(KernelSpecInstaller.KernelName, StringComparison.OrdinalIgnoreCase)
                    ? $"leads to {missing}, which is gone: the course was moved or cleaned; run `dotnet tutorial.cs kernel install` again"
                    : $"leads to {missing}, which is gone: install that kernel again";
        }
        catch (JupyterProtocolException fault)
        {
            return fault.Message;
        }
    }
}
