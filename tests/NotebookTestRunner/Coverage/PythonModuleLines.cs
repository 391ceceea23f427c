using System.Globalization;

namespace NotebookTestRunner.Coverage;

/// <summary>The lines with code of a Python module.</summary>
/// <param name="Path">The module's file.</param>
/// <param name="Ran">Those that ran, counted from 1.</param>
/// <param name="Missed">Those that did not.</param>
public sealed record PythonModuleLines(string Path, IReadOnlyList<int> Ran, IReadOnlyList<int> Missed)
{
    /// <summary>The lines that did not run, those that follow each other as one: <c>3, 7–9</c>.</summary>
    public string MissedText()
    {
        var groups = Missed.Order().Select((line, at) => (Line: line, Group: line - at)).GroupBy(pair => pair.Group, pair => pair.Line);
        return string.Join(", ", groups.Select(group => group.Count() == 1 ? $"{group.First()}" : string.Create(CultureInfo.InvariantCulture, $"{group.First()}–{group.Last()}")));
    }
}
