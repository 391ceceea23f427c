using CSharpKernel.KernelSpecs;

namespace Interop.Kernel;

/// <summary>A folder for Jupyter in which the kernel <c>.net-csharp</c> of this checkout is installed.</summary>
internal sealed class KernelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KernelFolder()
    {
        // The kernel's own output folder, as users start it; the copy beside these tests has their references.
        var assembly = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll");
        KernelSpecInstaller.InstallInto(_folder.FullName, assembly);
    }

    public string FullName => _folder.FullName;

    public string Combine(string name) => _folder.Combine(name);

    public void Dispose() => _folder.Dispose();
}
