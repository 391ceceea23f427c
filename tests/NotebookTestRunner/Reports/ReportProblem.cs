using System.Globalization;
using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Reports;

/// <summary>Something that a run found, with its place in the notebook's file.</summary>
/// <param name="IsError">Whether it fails the notebook; otherwise it is a warning.</param>
/// <param name="Check">What found it, such as <c>links</c>; <c>cell</c> for the verdict on a cell, <c>notebook</c> for what kept the notebook from being run.</param>
/// <param name="Line">The line in the file, from 1: where the cell's source begins.</param>
/// <param name="Cell">The cell's number; null for the notebook as a whole.</param>
/// <param name="Title">The file's name, and the cell's number and first line.</param>
/// <param name="Message">What is wrong and what to do, without control characters.</param>
internal sealed record ReportProblem(bool IsError, string Check, int Line, int? Cell, string Title, string Message)
{
    // A log shows the whole message; a mark beside a line of many screens is of no use.
    private const int MostCharacters = 4000;

    /// <summary>The check of a cell's own verdict.</summary>
    public const string OfCell = "cell";

    /// <summary>The check of what kept a notebook from being run.</summary>
    public const string OfNotebook = "notebook";

    /// <summary>All that was found in a notebook, in the order of its cells.</summary>
    public static IEnumerable<ReportProblem> Of(NotebookResult result)
    {
        var lines = new Lazy<IReadOnlyDictionary<int, int>>(() => CellLines.Read(result.Path));
        var name = Path.GetFileName(result.Path);
        if (result is { Message: { } message, Cancelled: false })
            yield return Create(true, OfNotebook, null, null, message);
        foreach (var finding in result.Findings)
            yield return Found(finding, finding.CellNumber, null);
        foreach (var cell in result.Cells)
        {
            if (cell.Verdict == Verdict.Failed)
                yield return Create(true, OfCell, cell.Number, cell.FirstLine, cell.Message ?? "failed");
            foreach (var finding in cell.Findings.Where(finding => !finding.IsError))
                yield return Found(finding, cell.Number, cell.FirstLine);
        }

        ReportProblem Found(Finding finding, int? cell, string? firstLine) => Create(finding.IsError, finding.Check, cell, firstLine, finding.ToString());

        ReportProblem Create(bool isError, string check, int? cell, string? firstLine, string text) => new(
            isError, check, cell is { } number ? lines.Value.GetValueOrDefault(number, 1) : 1, cell,
            PlainReportText.FirstLine(cell is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}, cell {cell}{(firstLine is null ? "" : $": {firstLine}")}")),
            PlainReportText.Cut(PlainReportText.Clean(text), MostCharacters));
    }
}
