using NotebookTestRunner.Checks;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Events;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Audits;

/// <summary>
/// Runs a notebook twice, each time on a fresh kernel, and says which cells show something else the second time, and what would hide that. Where its
/// kernel has a host (<see cref="RunOptions.Host"/>) only the second is there, and the first in a process of its own: then the two must agree.
/// </summary>
/// <param name="options">How it is run; stored outputs are not compared.</param>
/// <param name="time">The clock; by default the system's.</param>
public sealed class DeterminismAudit(RunOptions options, TimeProvider? time = null)
{
    /// <summary>The name of its findings.</summary>
    public const string Name = "determinism";

    /// <summary>Runs a notebook twice.</summary>
    /// <param name="path">The notebook's file.</param>
    /// <param name="progress">Told of each step of both runs.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>
    /// The second run. A cell fails whose outputs differ beyond what normalizers mask; a warning names the normalizers without which it would have.
    /// </returns>
    /// <exception cref="NotebookRunException">The notebook could not be run at all.</exception>
    public async Task<NotebookResult> RunAsync(string path, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        var repeated = options with { Mode = ComparisonMode.Lax, Update = false };
        var first = await new NotebookRunner(repeated with { Host = null }, time).RunAsync(path, new InnerProgress(progress, isFirst: true), cancellationToken);
        if (first.Verdict is Verdict.Failed or Verdict.NotRun) return Told(first);
        // A kernel that was started ahead serves one run.
        var second = await new NotebookRunner(repeated with { WarmKernel = null }, time).RunAsync(path, new InnerProgress(progress, isFirst: false), cancellationToken);
        var notebook = await Notebook.ReadAsync(path, cancellationToken);
        var plans = CellPlan.ReadAll(notebook, path, repeated, NotebookSettings.Read(path, notebook)).ToDictionary(plan => plan.Number);
        var run = new RunMoment(second.StartedAt, NotebookResult.TimeOf(second.Cells));
        return Told(second with { Cells = [.. first.Cells.Zip(second.Cells, (before, after) => Compare(before, after, plans[after.Number], run))] });

        NotebookResult Told(NotebookResult result)
        {
            foreach (var cell in result.Cells) progress?.Report(new CellFinished(result.Path, cell));
            progress?.Report(new NotebookFinished(result.Path, result));
            return result;
        }
    }

    private CellResult Compare(CellResult first, CellResult second, CellPlan plan, RunMoment run)
    {
        if (first.Verdict != Verdict.Passed || second.Verdict != Verdict.Passed || plan.Directives.IgnoreOutput) return second;
        var oracle = plan.Oracle.For(first.Outputs, second.Outputs, run);
        var usual = oracle.Comparison;
        if (Compared(usual with { Normalizers = [], Tolerance = NumberTolerance.Exact, Similarity = 1 }).Agrees) return second;

        if (Compared(usual) is { Agrees: false } comparison)
        {
            var remedy = Remedies.Find(usual, oracle.Catalogue, first.Outputs, second.Outputs);
            var finding = new Finding(Name, second.Number, (options.Host is null ? "Two runs in a row show different things (-) first (+) second." : "It shows something else (-) in a kernel's own process (+) in the runner's.")
                + " Seed what is random, order what is not ordered, or mark what may differ: "
                + plan.InItsLanguage(remedy is null ? "\"// test: normalize …\", \"// test: tolerance …\", \"// test: ignore-output\".\n" : $"it would pass with \"// test: {remedy}\".\n")
                + string.Join('\n', comparison.Differences.Select(difference => $"{difference.Where}:\n{difference.Text}")));
            return second with { Verdict = Verdict.Failed, Message = finding.ToString(), Findings = [.. second.Findings, finding] };
        }

        // What hides the difference: each without which the two would differ.
        var needed = usual.Normalizers.Select(normalizer => normalizer.Name).Distinct()
            .Where(name => !Compared(usual with { Normalizers = [.. usual.Normalizers.Where(normalizer => normalizer.Name != name)] }).Agrees).ToList();
        if (!Compared(usual with { Tolerance = NumberTolerance.Exact }).Agrees) needed.Add($"tolerance {usual.Tolerance}");
        if (!Compared(usual with { Similarity = 1 }).Agrees) needed.Add(FormattableString.Invariant($"similarity {usual.Similarity}"));
        return second with { Findings = [.. second.Findings, new(Name, second.Number, $"Two runs differ, and only {string.Join(", ", needed)} hides it.", FindingSeverity.Warning)] };

        OutputComparison Compared(ComparisonOptions closely) => new OutputComparer(closely).Compare(first.Outputs, second.Outputs);
    }
}
