namespace MLflowSharp;

/// <summary>Makes tables of what a search found.</summary>
public static class RunTables
{
    /// <inheritdoc cref="RunTable.Of"/>
    public static RunTable ToTable(this IEnumerable<Run> runs, params IReadOnlyList<string> columns) => RunTable.Of(runs, columns);
}
