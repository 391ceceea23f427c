using NotebookTestRunner;
using NotebookTestRunner.Exercises;

namespace Tutorial.Cli.Grading;

/// <summary>What the run of an answer says about it.</summary>
/// <param name="State">Right, wrong, or not graded.</param>
/// <param name="Says">What the student is told.</param>
/// <param name="Cell">The number of the cell to look at.</param>
internal sealed record AnswerResult(GradeState State, string Says, int Cell)
{
    /// <summary>Reads it from a result.</summary>
    public static AnswerResult Of(NotebookResult result)
    {
        var cells = result.Notebook?.CodeCells.ToDictionary(cell => cell.Number) ?? [];
        bool Has(CellResult cell, string tag) => cells.TryGetValue(cell.Number, out var read) && read.Tags.Contains(tag);
        var checks = result.Cells.Where(cell => Has(cell, Exercise.CheckTag)).ToList();
        // An answer that ends with an error may be right all the same, as its reader is told; one that does not end is not.
        var unfinished = result.Cells.Any(cell => Has(cell, ReaderAnswers.AnswerTag) && cell.Verdict == Verdict.Failed && cell.Findings.All(finding => finding.Check != AnswerCheck.CheckName));
        if (!unfinished && checks.Count > 0 && checks.TrueForAll(check => check.Verdict == Verdict.Passed && AnswerCheck.IsRight(check.Outputs)))
            return new(GradeState.Right, AnswerCheck.Said(checks[^1].Outputs)!, checks[^1].Number);

        var failed = result.Cells.FirstOrDefault(cell => cell.Verdict == Verdict.Failed);
        if (failed is null || result.Cancelled)
            return new(GradeState.NotGraded, result.Cancelled ? "Grading was stopped before its end." : FirstLine(result.Message ?? "It was not run to its end."), 1);
        // The lesson's own cells come first: where one of them fails, the student is not at fault.
        var told = result.Cells.FirstOrDefault(cell => cell.Verdict == Verdict.Failed && (Has(cell, ReaderAnswers.AnswerTag) || Has(cell, Exercise.CheckTag)));
        if (told is null || failed.Number < result.Cells.First(cell => Has(cell, ReaderAnswers.AnswerTag)).Number)
            return new(GradeState.NotGraded, FormattableString.Invariant($"Cell {failed.Number} of the lesson failed: {FirstLine(failed.Message)}"), failed.Number);
        return new(GradeState.Wrong, told.Findings.Select(finding => finding.Message).FirstOrDefault() ?? FirstSentence(told.Message), told.Number);
    }

    // What follows is advice to an author.
    private static string FirstSentence(string? message) => $"{FirstLine(message).Split(". ")[0].TrimEnd('.')}.";

    private static string FirstLine(string? message) => (message ?? "").Split('\n')[0].TrimEnd();
}
