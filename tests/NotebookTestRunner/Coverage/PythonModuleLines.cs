namespace NotebookTestRunner.Coverage;

/// <summary>The lines with code of a Python module.</summary>
/// <param name="Path">The module's file.</param>
/// <param name="Ran">Those that ran, counted from 1.</param>
/// <param name="Missed">Those that did not.</param>
public sealed record PythonModuleLines(string Path, IReadOnlyList<int> Ran, IReadOnlyList<int> Missed)
{
    internal const string Origin = "Python";

    internal SourceFile AsFile() =>
        new(Origin, Path, [.. Ran.Select(line => new SourceLine(line, 1, 1, 1)).Concat(Missed.Select(line => new SourceLine(line, 1, 0, 0))).OrderBy(line => line.Number)]);
}
