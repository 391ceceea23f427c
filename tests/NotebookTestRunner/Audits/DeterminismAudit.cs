using NotebookTestRunner.Checks;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Events;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Audits;

/// <summary>Runs a notebook twice, each time on a fresh kernel, and says which cells show something else the second time, and what would hide that.</summary>
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
        var runner = new NotebookRunner(options with { CompareOutputs = false, Update = false }, time);
        var first = await runner.RunAsync(path, progress, cancellationToken);
        if (first.Verdict is Verdict.Failed or Verdict.NotRun) return first;
        var second = await runner.RunAsync(path, progress, cancellationToken);
        var marks = (await Notebook.ReadAsync(path, cancellationToken)).CodeCells.ToDictionary(cell => cell.Number, Execution.CellDirectives.Read);
        return second with { Cells = [.. first.Cells.Zip(second.Cells, (before, after) => Compare(before, after, marks[after.Number]))] };
    }

    private CellResult Compare(CellResult first, CellResult second, Execution.CellDirectives marks)
    {
        if (first.Verdict != Verdict.Passed || second.Verdict != Verdict.Passed || marks.IgnoreOutput) return second;
        IReadOnlyList<Normalizer> normalizers = [.. options.Normalizers, .. marks.Normalizers];
        var tolerance = marks.Tolerance ?? options.NumericTolerance;
        if (Agree([], 0)) return second;

        if (!Agree(normalizers, tolerance))
        {
            var differences = new OutputComparer(normalizers, tolerance).Compare(first.Outputs, second.Outputs).Differences;
            var finding = new Finding(Name, second.Number, "Two runs in a row show different things (-) first (+) second. Seed what is random, order what is not ordered, or mark what may differ: "
                + "\"// test: normalize …\", \"// test: tolerance …\", \"// test: ignore-output\".\n"
                + string.Join('\n', differences.Select(difference => $"{difference.Where}:\n{difference.Text}")));
            return second with { Verdict = Verdict.Failed, Message = finding.ToString(), Findings = [.. second.Findings, finding] };
        }

        // What hides the difference: each without which the two would differ.
        var needed = normalizers.Select(normalizer => normalizer.Name).Distinct().Where(name => !Agree([.. normalizers.Where(normalizer => normalizer.Name != name)], tolerance)).ToList();
        if (!Agree(normalizers, 0)) needed.Add(FormattableString.Invariant($"tolerance {tolerance}"));
        return second with { Findings = [.. second.Findings, new(Name, second.Number, $"Two runs differ, and only {string.Join(", ", needed)} hides it.", FindingSeverity.Warning)] };

        bool Agree(IReadOnlyList<Normalizer> masks, double within) => new OutputComparer(masks, within).Compare(first.Outputs, second.Outputs).Agrees;
    }
}
