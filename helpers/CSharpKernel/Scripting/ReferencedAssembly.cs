namespace CSharpKernel.Scripting;

/// <summary>An assembly that packages bring to a notebook.</summary>
/// <param name="Compile">The file to compile against; null when it is only loaded.</param>
/// <param name="Runtime">The file to load; null when there is none for this system.</param>
/// <param name="Origin">The package with its version, or the shared framework.</param>
internal sealed record ReferencedAssembly(string? Compile, string? Runtime, string Origin)
{
    /// <summary>The assembly's simple name.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Compile ?? Runtime)!;

    /// <summary>Reads the version; null when the files are no assemblies.</summary>
    public Version? ReadVersion() => ManagedAssembly.ReadVersion((Runtime ?? Compile)!);
}
