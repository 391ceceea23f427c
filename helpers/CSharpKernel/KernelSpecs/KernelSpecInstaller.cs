using System.Text.Json.Nodes;
using CSharpKernel.Packages;
using JupyterProtocol.KernelSpecs;

namespace CSharpKernel.KernelSpecs;

/// <summary>
/// Makes the kernel known to Jupyter under the name that C# notebooks ask for
/// (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs).
/// </summary>
public static class KernelSpecInstaller
{
    /// <summary>The kernel's name: that of the .NET Interactive notebooks, so that they open without a change.</summary>
    public const string KernelName = ".net-csharp";

    // Jupyter knows them by these names.
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <summary>How Jupyter starts this kernel.</summary>
    /// <param name="assembly">The path of <c>CSharpKernel.dll</c>; by default the one that is loaded.</param>
    public static KernelSpec Create(string? assembly = null) => new()
    {
        Argv = [DotnetHost.Path, Path.GetFullPath(assembly ?? typeof(KernelSpecInstaller).Assembly.Location), "{connection_file}"],
        DisplayName = ".NET (C#)",
        Language = "C#",
        InterruptMode = "message",
        Metadata = new JsonObject { ["debugger"] = false, ["supported_encryption"] = "curve" },
    };

    /// <summary>Installs the kernel for the current user.</summary>
    /// <param name="assembly">The path of <c>CSharpKernel.dll</c>; by default the one that is loaded.</param>
    /// <returns>The folder of the kernelspec.</returns>
    public static string InstallForUser(string? assembly = null) => InstallInto(JupyterPaths.Current.UserDataDirectory, assembly);

    /// <summary>Installs the kernel below a prefix, such as a Python environment's folder.</summary>
    /// <param name="prefix">The prefix; the kernelspec goes to <c>share/jupyter/kernels</c> below it.</param>
    /// <param name="assembly">The path of <c>CSharpKernel.dll</c>; by default the one that is loaded.</param>
    /// <returns>The folder of the kernelspec.</returns>
    public static string InstallIntoPrefix(string prefix, string? assembly = null) =>
        InstallInto(Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), assembly);

    /// <summary>Installs the kernel into one of Jupyter's data folders, or a private one.</summary>
    /// <param name="dataDirectory">The folder that holds <c>kernels</c>.</param>
    /// <param name="assembly">The path of <c>CSharpKernel.dll</c>; by default the one that is loaded.</param>
    /// <returns>The folder of the kernelspec.</returns>
    public static string InstallInto(string dataDirectory, string? assembly = null) => Install(Create(assembly), dataDirectory);

    /// <summary>Installs the kernel in such a way that the kernelspec leads to it wherever both are moved together.</summary>
    /// <param name="dataDirectory">The folder that holds <c>kernels</c>.</param>
    /// <param name="assembly">The path of <c>CSharpKernel.dll</c>, in a folder that is moved with it.</param>
    /// <param name="host">The path of a <c>dotnet</c> that is moved as well; null for the one that runs this.</param>
    /// <returns>The folder of the kernelspec.</returns>
    public static string InstallMovable(string dataDirectory, string assembly, string? host)
    {
        var folder = Path.Combine(Path.GetFullPath(dataDirectory), "kernels", KernelName);
        string FromThere(string path) => $"{KernelSpec.ResourceDirectory}/{Path.GetRelativePath(folder, path).Replace('\\', '/')}";
        return Install(Create(assembly) with { Argv = [host is null ? DotnetHost.Path : FromThere(host), FromThere(assembly), "{connection_file}"] }, dataDirectory);
    }

    private static string Install(KernelSpec spec, string dataDirectory) => KernelSpecStore.Install(KernelName, spec, dataDirectory, Logos.ToDictionary(name => name, Read));

    private static byte[] Read(string logo)
    {
        using var stream = typeof(KernelSpecInstaller).Assembly.GetManifestResourceStream(logo)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
