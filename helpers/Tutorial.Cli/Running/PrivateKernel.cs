using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Running;

/// <summary>The course's kernel, made known to the runner alone: nothing is written to Jupyter's own folders.</summary>
public static class PrivateKernel
{
    /// <summary>Writes the kernelspec <c>.net-csharp</c> below <c>artifacts/jupyter</c>, unless it is there as it should be.</summary>
    /// <param name="checkout">The checkout.</param>
    /// <returns>The data folder for <c>RunOptions.KernelSpecDirectories</c>.</returns>
    /// <exception cref="CliException">The kernel is not built, or the folder cannot be written.</exception>
    public static string Prepare(Checkout checkout)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        if (!File.Exists(checkout.KernelAssembly))
            throw new CliException($"The C# kernel is not built: there is no {checkout.KernelAssembly}. Run `dotnet tutorial.cs build`.");
        // Not written again where it is right already: a test run in parallel may be reading it.
        if (!IsUpToDate(checkout))
            Fault.Writing(checkout.Jupyter, () => KernelSpecInstaller.InstallInto(checkout.Jupyter, checkout.KernelAssembly));
        return checkout.Jupyter;
    }

    private static bool IsUpToDate(Checkout checkout)
    {
        var file = Path.Combine(checkout.Jupyter, "kernels", KernelSpecInstaller.KernelName, "kernel.json");
        try
        {
            return File.Exists(file) && KernelSpec.Load(file).Argv.SequenceEqual(KernelSpecInstaller.Create(checkout.KernelAssembly).Argv);
        }
        catch (JupyterProtocolException)
        {
            // Damaged, which writing it again mends.
            return false;
        }
    }
}
