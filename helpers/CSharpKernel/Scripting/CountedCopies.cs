namespace CSharpKernel.Scripting;

/// <summary>
/// Copies of assemblies that count which of their lines run. A runner of notebooks that is asked for coverage lays them beside the assemblies and says by a
/// variable how their names end; without it every assembly is loaded as it is.
/// </summary>
internal static class CountedCopies
{
    /// <summary>The variable: what comes after the assembly's own path.</summary>
    public const string Variable = "NOTEBOOK_COVERAGE_COPIES";

    // Cells may change variables; what is loaded does not depend on when they do.
    private static readonly string? Ending = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ending ? ending : null;

    /// <summary>The file to load for an assembly: its copy, where there is one.</summary>
    public static string For(string path) => Ending is not null && File.Exists(path + Ending) ? path + Ending : path;
}
