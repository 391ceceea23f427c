using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>Puts what cells showed into a notebook.</summary>
internal static class OutputWriter
{
    /// <summary>A copy of the notebook with the outputs of a run, as it came out.</summary>
    public static Notebook WithOutputs(Notebook notebook, IReadOnlyList<CellResult> results)
    {
        var copy = notebook.Clone();
        foreach (var result in results)
        {
            var cell = copy.Cells[result.Number - 1];
            cell.Outputs = result.Outputs;
            cell.ExecutionCount = result.ExecutionCount ?? cell.ExecutionCount;
        }
        return copy;
    }

    /// <summary>
    /// Stores the outputs of a run, executed cells counted from 1. Outputs that say the same as those stored, once what differs
    /// from run to run is masked, stay, so that a version-control diff shows real changes only.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Update(IReadOnlyList<CellPlan> plans, IReadOnlyList<CellResult> results, DateTimeOffset startedAt)
    {
        var changed = false;
        var count = 0;
        var run = new RunMoment(startedAt, NotebookResult.TimeOf(results));
        foreach (var (plan, result) in plans.Zip(results).Where(pair => pair.Second.Verdict == Verdict.Passed || pair.Second.ExecutionCount is not null))
        {
            count++;
            if (result.Verdict != Verdict.Passed) continue;
            var outputs = Kept(plan, result.Outputs, run).Select(output => output is ExecuteResultOutput shown ? shown with { ExecutionCount = count } : output).ToList();
            if (outputs.Count != plan.Stored.Count || outputs.Zip(plan.Stored).Any(pair => !pair.First.Equals(pair.Second)))
            {
                plan.Cell.Outputs = outputs;
                changed = true;
            }
            if (plan.Cell.ExecutionCount != count)
            {
                plan.Cell.ExecutionCount = count;
                changed = true;
            }
        }
        return changed;
    }

    /// <summary>What is to be stored: what the cell showed, but outputs as they are that say the same.</summary>
    private static IEnumerable<CellOutput> Kept(CellPlan plan, IReadOnlyList<CellOutput> now, RunMoment run)
    {
        var oracle = plan.Oracle.For(plan.Stored, now, run);
        return plan.Stored.Count == now.Count ? plan.Stored.Zip(now, (stored, fresh) => SaysTheSame(stored, fresh, oracle.Updating) ? stored : fresh) : now;
    }

    // The comparer looks at what a test should: beside that, order, metadata and tracebacks are to be right in a file, and
    // rewritten lines to be stored as they end.
    private static bool SaysTheSame(CellOutput stored, CellOutput now, ComparisonOptions options)
    {
        var text = new TextComparer(options.Normalizers, NumberTolerance.Exact);
        return (stored, now) switch
        {
            (StreamOutput a, StreamOutput b) => a.Name == b.Name && a.Text == TerminalText.Resolve(a.Text),
            (DisplayOutput a, DisplayOutput b) => JsonNode.DeepEquals(a.Metadata, b.Metadata),
            (ErrorOutput a, ErrorOutput b) => text.Normalize(string.Join('\n', a.Traceback)) == text.Normalize(string.Join('\n', b.Traceback)),
            _ => false,
        } && new OutputComparer(options).Compare([stored], [now]).Agrees;
    }
}
