namespace Tutorial.Cli.Diagnosis;

/// <summary>Something the kernel's doctor looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsFine">Whether it is as it should be.</param>
/// <param name="Detail">What was seen and, where something is wrong, what to do.</param>
/// <param name="RepairIn">The Jupyter data folder in which writing the kernelspec anew repairs it, or null when that helps nothing.</param>
internal sealed record KernelFinding(string Name, bool IsFine, string Detail, string? RepairIn = null);
