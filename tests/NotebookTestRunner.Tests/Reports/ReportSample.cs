using NotebookTestRunner.Checks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests.Reports;

/// <summary>Results with something of everything, hostile text among it.</summary>
internal static class ReportSample
{
    public const string Hostile = "<script>alert(1)</script> ]]> \u001b[31mred\u001b[0m \u0000\u0008 & \"'` | ``` é \ud83d\ude00 \ud800";

    public static IReadOnlyList<NotebookResult> Results(string folder) =>
    [
        new()
        {
            Path = Path.Combine(folder, "a", "lesson.ipynb"),
            KernelName = "scripted",
            StartedAt = new DateTimeOffset(2026, 11, 24, 12, 45, 0, TimeSpan.FromHours(2)),
            Duration = TimeSpan.FromSeconds(12.5),
            PreviousDuration = TimeSpan.FromSeconds(2),
            Findings = [new("links", 3, "There is no gone.md."), new("clean-run", null, "It is large.", FindingSeverity.Warning)],
            Cells =
            [
                new() { Number = 1, CellId = "one", FirstLine = "var x = 1;", Verdict = Verdict.Passed, Duration = TimeSpan.FromSeconds(2), PreviousDuration = TimeSpan.FromSeconds(0.5), PeakMemory = 123_456_789, ExecutionCount = 1, Outputs = [new StreamOutput("stdout", "hello")], ComparisonNotes = ["compared by size"] },
                new() { Number = 2, FirstLine = Hostile, Verdict = Verdict.Failed, Message = $"{Hostile}\n  at line 1, \u001b[31mred", Duration = TimeSpan.FromSeconds(1), Outputs = [new StreamOutput("stdout", Hostile)] },
                new() { Number = 4, FirstLine = "skipped", Verdict = Verdict.Skipped, Message = "Skipped" },
                new() { Number = 5, FirstLine = "not run", Verdict = Verdict.NotRun, Message = "Not run", Findings = [new("x", 5, "careful", FindingSeverity.Warning)] },
            ],
        },
        NotebookResult.FromError(Path.Combine(folder, "b", "lesson.ipynb"), new NotebookRunException("It is torn.")),
        new() { Path = Path.Combine(folder, "c", "other.ipynb"), Cancelled = true, Message = "Not run: the run was interrupted before it." },
    ];
}
