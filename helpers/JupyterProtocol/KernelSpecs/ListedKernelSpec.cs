namespace JupyterProtocol.KernelSpecs;

/// <summary>A kernelspec as Jupyter finds it, also one that cannot be used.</summary>
/// <param name="Name">The name notebooks ask for: its folder's name.</param>
/// <param name="Directory">The folder with <c>kernel.json</c>.</param>
/// <param name="Problem">Why it cannot be started and what to do; null when nothing is known against it.</param>
public sealed record ListedKernelSpec(string Name, string Directory, string? Problem);
