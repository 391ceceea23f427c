using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;

namespace NotebookCorpus.Testers;

/// <summary>The kernels that the corpus's notebooks name.</summary>
public static class CorpusKernels
{
    /// <summary>Makes <c>.net-csharp</c> of a checkout and <c>python3</c> of an environment known in a folder for Jupyter.</summary>
    /// <param name="folder">Jupyter's data folder.</param>
    /// <param name="checkout">The checkout's top folder, with the kernel built.</param>
    /// <param name="python">The interpreter that holds ipykernel.</param>
    public static void Install(string folder, string checkout, string python)
    {
        KernelSpecInstaller.InstallInto(folder, Path.Combine(checkout, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll"));
        // As ipykernel's own kernelspec, but with this interpreter whatever is on the path.
        var spec = new KernelSpec { Argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"], DisplayName = "Python 3 (ipykernel)", Language = "python" };
        KernelSpecStore.Install("python3", spec, folder);
    }

    /// <summary>How our runner finds those kernels, and keeps them from writing elsewhere.</summary>
    /// <param name="folder">Jupyter's data folder.</param>
    public static RunOptions Options(string folder) => new()
    {
        KernelSpecDirectories = [folder],
        RuntimeDirectory = folder,
        EnvironmentVariables = new Dictionary<string, string> { ["IPYTHONDIR"] = folder, ["PYTHONDONTWRITEBYTECODE"] = "1" },
        InterruptGracePeriod = TimeSpan.FromSeconds(3),
    };
}
