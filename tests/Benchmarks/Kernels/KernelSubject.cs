using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;

namespace Benchmarks;

/// <summary>A kernel that is measured.</summary>
/// <param name="Name">The kernel, with its version.</param>
/// <param name="Spec">How it is started.</param>
/// <param name="IsPython">Whether it takes Python; else it takes C#.</param>
internal sealed record KernelSubject(string Name, InstalledKernelSpec Spec, bool IsPython)
{
    private const string OurName = "CSharpKernel";

    /// <summary>Whether it is the kernel of this checkout.</summary>
    public bool IsOurs => Name == OurName;

    /// <summary>The kernel of this checkout.</summary>
    public static KernelSubject Ours() => new(
        OurName,
        new InstalledKernelSpec(KernelSpecInstaller.KernelName, Checkout.Root, KernelSpecInstaller.Create(Checkout.Path("artifacts", "bin", "CSharpKernel", "CSharpKernel.dll"))),
        IsPython: false);

    /// <summary>Python's kernel; null where it is not installed.</summary>
    public static KernelSubject? Ipykernel() => PythonPeer.Find("ipykernel") is { } python
        ? new("ipykernel", Installed("python3", "python", python, "-m", "ipykernel_launcher", "-f", "{connection_file}"), IsPython: true)
        : null;

    /// <summary>The archived kernel that ours takes the place of; null where it is not installed.</summary>
    public static KernelSubject? DotNetInteractive()
    {
        string[] folders = [Checkout.Path("artifacts", "peers"), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        var tool = folders.Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive")).FirstOrDefault(File.Exists);
        return tool is null ? null
            : new(".NET Interactive", Installed(".net-csharp", "C#", tool, "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-local-only", "true"), IsPython: false);
    }

    private static InstalledKernelSpec Installed(string name, string language, params string[] arguments) =>
        new(name, Checkout.Root, new KernelSpec { Argv = arguments, DisplayName = name, Language = language });
}
