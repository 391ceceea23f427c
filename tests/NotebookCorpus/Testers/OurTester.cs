using System.Collections.Concurrent;
using System.Diagnostics;
using NotebookTestRunner;

namespace NotebookCorpus.Testers;

/// <summary>Our runner, with its default settings.</summary>
/// <param name="optionsFor">How a notebook is run, by its path.</param>
/// <param name="atOnce">How many notebooks are run at the same time.</param>
public sealed class OurTester(Func<string, RunOptions> optionsFor, int atOnce)
{
    /// <summary>Judges notebooks, each in its own folder.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    public async Task<Judgements> JudgeAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var clock = Stopwatch.StartNew();
        var told = new ConcurrentDictionary<string, Judgement>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(paths, parallel, async (path, stop) => told[Path.GetFileNameWithoutExtension(path)] = await JudgeAsync(path, stop));
        return new Judgements(told, clock.Elapsed);
    }

    private async Task<Judgement> JudgeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new NotebookRunner(optionsFor(path)).RunAsync(path, cancellationToken: cancellationToken);
            var failed = result.Cells.Where(cell => cell.Verdict == Verdict.Failed).ToList();
            var findings = result.Findings.Where(finding => finding.IsError).ToList();
            var says = failed.FirstOrDefault()?.Message ?? findings.FirstOrDefault()?.ToString() ?? result.Message ?? "";
            IEnumerable<int> cells = [.. failed.Select(cell => cell.Number), .. findings.Select(finding => finding.CellNumber).OfType<int>()];
            return new Judgement(result.Verdict == Verdict.Failed, [.. cells.Distinct().Order()], says.Split('\n')[0]);
        }
        catch (NotebookRunException error)
        {
            return new Judgement(true, [], error.Message.Split('\n')[0]);
        }
    }
}
