using NotebookTestRunner;
using NotebookTestRunner.Caching;
using NotebookTestRunner.Events;
using Spectre.Console;

namespace Tutorial.Cli.Reporting;

/// <summary>Lines that stay: one per notebook and per failed cell. All there is in a file or a pipe; above the live lines on a terminal.</summary>
internal sealed class PlainDisplay(IAnsiConsole console) : IRunDisplay
{
    // A whole traceback or difference is in the report.
    private const int MessageLines = 25;

    /// <inheritdoc/>
    public Task WhileAsync(Func<Task> work) => work();

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        switch (value)
        {
            case CellFinished { Cell: { Verdict: Verdict.Failed } cell }:
                Line(Verdict.Failed, FormattableString.Invariant($"{Name(value.NotebookPath)}, cell {cell.Number}: {cell.FirstLine}"));
                Message(cell.Message);
                break;
            case NotebookFinished { Result: var result }:
                Finish(result);
                break;
        }
    }

    /// <inheritdoc/>
    public void Stopping() => console.WriteLine("Stopping: what is known will be written. Ctrl-C once more quits at once.");

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    private void Finish(NotebookResult result)
    {
        // The line of the notebook says that it was not run again.
        foreach (var finding in result.Findings.Where(finding => result.CachedFrom is null || finding.Check != ResultCache.FindingName))
        {
            var place = finding.CellNumber is { } number ? FormattableString.Invariant($", cell {number}") : "";
            Line(finding.IsError ? Verdict.Failed : Verdict.Skipped, $"{Name(result.Path)}{place}: [{finding.Check}]");
            Message(finding.Message);
        }
        var cells = result.Cells.Count == 0 ? ""
            : $" ({Outcome.Cells(result.Cells)} {(result.Cells.Count == 1 ? "cell" : "cells")}, {Outcome.Seconds(result.Duration)} s)";
        Line(result.Verdict, $"{Name(result.Path)}: {Outcome.Words(result)}{cells}");
        if (result.Verdict == Verdict.Failed)
            Message(result.Message);
    }

    // In one piece: live lines are drawn again after each.
    private void Line(Verdict verdict, string text) => console.Write(new Paragraph()
        .Append($"{Outcome.Sign(verdict)} ", new Style(Outcome.Colour(verdict)))
        .Append($"{PrintedLine.Visible(text)}\n"));

    private void Message(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return;
        var lines = message.TrimEnd().Split('\n');
        foreach (var line in lines.Take(MessageLines))
            console.WriteLine($"    {PrintedLine.Visible(line)}".TrimEnd());
        if (lines.Length > MessageLines)
            console.WriteLine(FormattableString.Invariant($"    … {lines.Length - MessageLines} more lines in the report"));
    }
}
