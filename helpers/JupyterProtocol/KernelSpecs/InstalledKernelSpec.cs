namespace JupyterProtocol.KernelSpecs;

/// <summary>A kernelspec and where it was found.</summary>
/// <param name="Name">The name notebooks ask for: its folder's name.</param>
/// <param name="Directory">The folder with <c>kernel.json</c> and the logos.</param>
/// <param name="Spec">How to start it.</param>
public sealed record InstalledKernelSpec(string Name, string Directory, KernelSpec Spec);
