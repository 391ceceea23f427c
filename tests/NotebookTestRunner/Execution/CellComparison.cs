using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Execution;

/// <summary>The verdict on what a cell showed, against what is stored.</summary>
internal sealed record CellComparison(Verdict Verdict, string? Message = null)
{
    /// <summary>What differs.</summary>
    public IReadOnlyList<OutputDifference> Differences { get; private init; } = [];

    /// <summary>What was compared in part only.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>What would have made it pass, or null.</summary>
    public string? Remedy { get; private init; }

    /// <summary>Compares the outputs of a cell that ran as it should.</summary>
    /// <param name="plan">The cell.</param>
    /// <param name="outputs">What it showed.</param>
    /// <param name="widgets">The models of widgets in this run.</param>
    /// <param name="run">When the notebook ran.</param>
    /// <param name="update">Whether what it showed is to be stored, so that differences are changes, not faults.</param>
    public static CellComparison Of(CellPlan plan, IReadOnlyList<CellOutput> outputs, WidgetModels widgets, RunMoment run, bool update)
    {
        var oracle = plan.Oracle.For(plan.Stored, outputs, run);
        plan = plan with { Oracle = oracle with { Comparison = oracle.Comparison with { Widgets = widgets } } };
        try
        {
            if (update) return new(Verdict.Passed) { Differences = Compare(plan, plan.Oracle.Updating, outputs).Differences };
            return plan.Oracle.Compares ? Judge(plan, outputs)
                : plan.Oracle.Mode == ComparisonMode.Strict ? Strict(plan, new OutputComparison([], []), outputs)
                : new(Verdict.Passed);
        }
        catch (NormalizerTimeoutException error)
        {
            return new(Verdict.Failed, error.Message);
        }
    }

    private static CellComparison Judge(CellPlan plan, IReadOnlyList<CellOutput> outputs)
    {
        var comparison = Compare(plan, plan.Oracle.Comparison, outputs);
        if (comparison.Agrees) return plan.Oracle.Mode == ComparisonMode.Strict ? Strict(plan, comparison, outputs) : new(Verdict.Passed) { Notes = comparison.Notes };

        var remedy = Remedies.Find(plan.Oracle.Comparison, plan.Oracle.Catalogue, plan.Stored, outputs);
        return new(Verdict.Failed, Describe(comparison.Differences) + (remedy is null ? "" : plan.InItsLanguage($"\nIt would pass with `// test: {remedy}`."))) { Differences = comparison.Differences, Notes = comparison.Notes, Remedy = remedy };
    }

    private static CellComparison Strict(CellPlan plan, OutputComparison comparison, IReadOnlyList<CellOutput> outputs)
    {
        List<string> faults = [.. Missing(plan), .. comparison.Notes, .. UnusedMarks.Find(plan, options => Compare(plan, options, outputs).Agrees)];
        return faults.Count == 0
            ? new(Verdict.Passed)
            : new(Verdict.Failed, "Does not pass the strict comparison:\n" + string.Join('\n', faults)) { Notes = comparison.Notes };
    }

    private static IEnumerable<string> Missing(CellPlan plan)
    {
        if (plan.Stored.Count == 0 && plan.Cell.ExecutionCount is null)
            yield return "the notebook stores neither outputs nor an execution count for this cell, so there is nothing to compare with: run an update";
    }

    private static OutputComparison Compare(CellPlan plan, ComparisonOptions options, IReadOnlyList<CellOutput> outputs) =>
        new OutputComparer(options).Compare(plan.Stored, outputs);

    private static string Describe(IReadOnlyList<OutputDifference> differences) =>
        $"Shows something else than is stored (-) now (+): {string.Join("; ", differences.Select(difference => difference.Where))}. "
        + "Mend the cell, or store what it shows now with an update.\n"
        + string.Join('\n', differences.Select(difference => $"{difference.Where}:\n{difference.Text}"));
}
