using System.Globalization;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Reports;

/// <summary>How a test came out, in the words that test reports share.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Error,
    Skipped,
}

/// <summary>A result as one test, for the reports that test services read: a code cell, a finding beside the code cells, or a notebook that failed as a whole.</summary>
internal sealed record TestCase
{
    // Services choke on logs of megabytes; the page for people has it all.
    private const int MostPrinted = 20_000;
    private const int MostMessage = 50_000;

    /// <summary>The name of its notebook.</summary>
    public required string Notebook { get; init; }

    /// <summary>The path of its notebook.</summary>
    public required string Path { get; init; }

    /// <summary>What it is called: "cell 7: var x = 1;".</summary>
    public required string Name { get; init; }

    /// <summary>What tells it from the others of its notebook, the same in each run.</summary>
    public required string Key { get; init; }

    public required TestOutcome Outcome { get; init; }

    public TimeSpan Duration { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>What went wrong, cleaned; empty when it passed.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it printed and what is to be noted, cleaned.</summary>
    public string Printed { get; init; } = "";

    /// <summary>All tests of a notebook.</summary>
    public static IEnumerable<TestCase> AllOf(NotebookResult result, string name)
    {
        var start = result.StartedAt;
        foreach (var cell in result.Cells)
        {
            yield return OfCell(result, name, cell, start);
            start += cell.Duration;
        }
        foreach (var (finding, i) in result.Findings.Select((finding, i) => (finding, i)))
            yield return OfFinding(result, name, finding, i);
        if (result.Message is { } message)
        {
            yield return new()
            {
                Notebook = name,
                Path = result.Path,
                Name = "notebook",
                Key = "notebook",
                Outcome = result.Cancelled ? TestOutcome.Skipped : TestOutcome.Error,
                StartedAt = result.StartedAt,
                Message = PlainReportText.Cut(PlainReportText.Clean(message), MostMessage),
            };
        }
    }

    private static TestCase OfCell(NotebookResult result, string name, CellResult cell, DateTimeOffset start) => new()
    {
        Notebook = name,
        Path = result.Path,
        Name = string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number}: {PlainReportText.Clean(cell.FirstLine)}"),
        Key = cell.CellId ?? cell.Number.ToString(CultureInfo.InvariantCulture),
        Outcome = cell.Verdict switch
        {
            Verdict.Passed => TestOutcome.Passed,
            Verdict.Failed => TestOutcome.Failed,
            _ => TestOutcome.Skipped,
        },
        Duration = cell.Duration,
        StartedAt = start,
        Message = cell.Verdict == Verdict.Passed ? "" : PlainReportText.Cut(PlainReportText.Clean(cell.Message ?? ReportSummary.Words(cell.Verdict)), MostMessage),
        Printed = PlainReportText.Cut(PlainReportText.Clean(string.Join('\n', Printouts(cell))), MostPrinted),
    };

    private static TestCase OfFinding(NotebookResult result, string name, Finding finding, int i) => new()
    {
        Notebook = name,
        Path = result.Path,
        Name = finding.CellNumber is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"cell {number}: {PlainReportText.Clean(finding.Check)}")
            : PlainReportText.Clean(finding.Check),
        Key = string.Create(CultureInfo.InvariantCulture, $"{finding.Check} {finding.CellNumber} {i}"),
        Outcome = finding.IsError ? TestOutcome.Failed : TestOutcome.Passed,
        StartedAt = result.StartedAt,
        Message = finding.IsError ? PlainReportText.Cut(PlainReportText.Clean(finding.Message), MostMessage) : "",
        Printed = finding.IsError ? "" : PlainReportText.Cut(PlainReportText.Clean($"warning: {finding.Message}"), MostMessage),
    };

    private static IEnumerable<string> Printouts(CellResult cell)
    {
        foreach (var output in cell.Verdict is Verdict.Passed or Verdict.Failed ? cell.Outputs : [])
        {
            if (output is StreamOutput stream) yield return stream.Text.TrimEnd('\n');
            else if (output is DisplayOutput display && display.Text("text/plain") is { } plain) yield return plain;
        }
        foreach (var note in cell.ComparisonNotes) yield return note;
        foreach (var finding in cell.Findings.Where(finding => !finding.IsError)) yield return $"warning: {finding}";
        if (cell.PeakMemory is { } peak) yield return string.Create(CultureInfo.InvariantCulture, $"peak memory: {peak / 1e6:0} MB");
        if (cell.IsSlower) yield return string.Create(CultureInfo.InvariantCulture, $"slower than in the last run: {cell.Duration.TotalSeconds:0.00} s, was {cell.PreviousDuration!.Value.TotalSeconds:0.00} s");
    }
}
