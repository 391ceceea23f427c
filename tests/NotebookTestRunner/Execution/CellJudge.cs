using NotebookTestRunner.Checks;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Execution;

/// <summary>Gives the verdict on an executed cell.</summary>
internal sealed class CellJudge(RunOptions options)
{
    // Cells are judged once more at the notebook's end, and most show the same then.
    private readonly Dictionary<int, (IReadOnlyList<CellOutput> Outputs, int Widgets, CellComparison Comparison)> compared = [];

    /// <param name="plan">The cell.</param>
    /// <param name="execution">How it went.</param>
    /// <param name="outputs">What it showed.</param>
    /// <param name="widgets">The models of widgets.</param>
    /// <param name="findings">What checks found in it.</param>
    /// <param name="run">When the notebook ran.</param>
    public CellResult Judge(CellPlan plan, CellExecution execution, IReadOnlyList<CellOutput> outputs, WidgetModels widgets, IReadOnlyList<Finding> findings, RunMoment run)
    {
        var comparison = Failure(plan.Directives, execution) is { } failure
            ? new CellComparison(execution.Cancelled ? Verdict.NotRun : Verdict.Failed, failure)
            : Compare(plan, outputs, widgets, run);
        // Executed for the sake of the selected cells: only what keeps those from being judged counts.
        if (plan.Role == CellRole.Needed && !(comparison.Verdict == Verdict.Failed && StopsNotebook(plan, execution)))
            comparison = new(execution.Cancelled ? Verdict.NotRun : Verdict.Skipped, "Executed for the selected cells, not judged.");
        var errors = findings.Where(finding => finding.IsError && plan.Role == CellRole.Judged).Select(finding => finding.ToString()).ToList();
        return new CellResult
        {
            Number = plan.Number,
            CellId = plan.Cell.Id,
            FirstLine = plan.Cell.FirstLine,
            Verdict = comparison.Verdict == Verdict.Passed && errors.Count > 0 ? Verdict.Failed : comparison.Verdict,
            Duration = execution.Duration,
            PeakMemory = execution.PeakMemory,
            ExecutionCount = execution.ExecutionCount,
            Outputs = outputs,
            StoredOutputs = plan.Stored,
            Message = errors.Count == 0 ? comparison.Message : string.Join('\n', [.. comparison.Message is { } message ? [message] : Array.Empty<string>(), .. errors]),
            Findings = findings,
            Differences = comparison.Differences,
            Remedy = comparison.Remedy,
            ComparisonNotes = comparison.Notes,
        };
    }

    /// <summary>Whether cells after this one have lost what they build on.</summary>
    public static bool StopsNotebook(CellPlan plan, CellExecution execution) =>
        execution.Fault is not null || (execution.Error is not null && !plan.Directives.RaisesException);

    private CellComparison Compare(CellPlan plan, IReadOnlyList<CellOutput> outputs, WidgetModels widgets, RunMoment run)
    {
        if (!compared.TryGetValue(plan.Number, out var last) || last.Widgets != widgets.Changes || !last.Outputs.SequenceEqual(outputs))
            compared[plan.Number] = last = (outputs, widgets.Changes, CellComparison.Of(plan, outputs, widgets, run, options.Update));
        return last.Comparison;
    }

    private static string? Failure(CellDirectives directives, CellExecution execution) => execution switch
    {
        { Fault: { } fault } => fault,
        { Error: { } error } when !directives.RaisesException => Describe(error),
        { Error: { } error } when directives.ExceptionName is { } name && !IsNamed(error, name) =>
            $"Raised {error.Name} where it says it raises {name}.\n{Describe(error)}",
        { Error: { } error } when directives.ExceptionMessage is { } message && !message.Fits(error.Value) =>
            $"Raised {error.Name} as it says, but its message does not hold {message}.\n{Describe(error)}",
        { Error: null } when directives.RaisesException =>
            $"Raised nothing where it says it raises {directives.ExceptionName ?? "an exception"}: mend the cell, or take its tag or comment away.",
        { Excess: { } excess } => excess,
        _ => null,
    };

    private static bool IsNamed(ErrorOutput error, string name) =>
        error.Name == name || error.Name.EndsWith("." + name, StringComparison.Ordinal) || name.EndsWith("." + error.Name, StringComparison.Ordinal);

    internal static string Describe(ErrorOutput error)
    {
        var summary = Normalizer.WithoutColours($"{error.Name}: {error.Value}".TrimEnd(' ', ':'));
        var traceback = Normalizer.WithoutColours(string.Join('\n', error.Traceback));
        // Some kernels begin the traceback with the error, others end with it.
        var whole = traceback.StartsWith(summary, StringComparison.Ordinal) ? traceback : $"{summary}\n{traceback}".TrimEnd();
        return Advice(error) is { } advice ? $"{whole}\n{advice}" : whole;
    }

    /// <summary>What to do about an error that has to do with being run here, and not with the code.</summary>
    private static string? Advice(ErrorOutput error) => error switch
    {
        // ipykernel's, when a front end takes no questions: https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel.
        { Name: "StdinNotImplementedError" } => "The cell asks its reader: give the answer in its first lines (\"# user: answer …\") or in a .user file.",
        _ when PortIsTaken.Any(words => error.Value.Contains(words, StringComparison.OrdinalIgnoreCase)) =>
            "The port is held by a program that was left running, or by a notebook that runs at the same time: take a free port (0), or give such notebooks a common lock in notebook-test.yml.",
        _ => null,
    };

    // Linux and macOS, Windows.
    private static readonly string[] PortIsTaken = ["Address already in use", "Only one usage of each socket address"];
}
