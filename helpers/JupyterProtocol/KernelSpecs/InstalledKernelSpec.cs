using System.Text.RegularExpressions;

namespace JupyterProtocol.KernelSpecs;

/// <summary>A kernelspec and where it was found.</summary>
/// <param name="Name">The name notebooks ask for: its folder's name.</param>
/// <param name="Directory">The folder with <c>kernel.json</c> and the logos.</param>
/// <param name="Spec">How to start it.</param>
public sealed partial record InstalledKernelSpec(string Name, string Directory, KernelSpec Spec)
{
    /// <summary>
    /// The program to start. Python's own kernel says just <c>python</c> and means that of the environment it was installed into; Jupyter, which runs
    /// in it, takes its own interpreter (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs). Here it is found by the folder:
    /// <c>PREFIX/share/jupyter/kernels/NAME</c>. Elsewhere the name stands as it is and is looked for in <c>PATH</c>.
    /// </summary>
    public string Executable
    {
        get
        {
            var program = Spec.Argv[0];
            if (!Python().IsMatch(program))
                return program.Replace(KernelSpec.ResourceDirectory, Directory, StringComparison.Ordinal);
            var prefix = Path.GetFullPath(Path.Combine(Directory, "..", "..", "..", ".."));
            string[] places = [Path.Combine("bin", program), $"{program}.exe", Path.Combine("Scripts", $"{program}.exe")];
            return places.Select(place => Path.Combine(prefix, place)).FirstOrDefault(File.Exists) ?? program;
        }
    }

    [GeneratedRegex(@"^python(?:\d+(?:\.\d+)?)?$")]
    private static partial Regex Python();
}
