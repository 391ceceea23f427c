using System.Diagnostics;
using NotebookTestRunner;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Series;

namespace NotebookCorpus.Testers;

/// <summary>Our runner, with its default settings.</summary>
/// <param name="optionsFor">How a notebook is run, by its path.</param>
/// <param name="atOnce">How many notebooks are run at the same time.</param>
public sealed class OurTester(Func<string, RunOptions> optionsFor, int atOnce)
{
    /// <summary>Judges notebooks, each in its own folder.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    public Task<Judgements> JudgeAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        AllAsync(paths, new SeriesOptions { OptionsFor = optionsFor, Parallel = atOnce }, cancellationToken);

    /// <summary>Audits notebooks as files; nothing is executed.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="cancellationToken">Stops the audit.</param>
    public Task<Judgements> AuditAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        AllAsync(paths, new SeriesOptions { OptionsFor = path => optionsFor(path) with { Checks = NotebookChecks.Audits }, Parallel = atOnce, InspectOnly = true }, cancellationToken);

    private static async Task<Judgements> AllAsync(IReadOnlyCollection<string> paths, SeriesOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var clock = Stopwatch.StartNew();
        var results = await new NotebookSeries(options).RunAsync([.. paths], cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new Judgements(results.ToDictionary(result => Path.GetFileNameWithoutExtension(result.Path), Judge), clock.Elapsed);
    }

    private static Judgement Judge(NotebookResult result)
    {
        var failed = result.Cells.Where(cell => cell.Verdict == Verdict.Failed).ToList();
        var findings = result.Findings.Where(finding => finding.IsError).ToList();
        var says = failed.FirstOrDefault()?.Message ?? findings.FirstOrDefault()?.ToString() ?? result.Message ?? "";
        IEnumerable<int> cells = [.. failed.Select(cell => cell.Number), .. findings.Select(finding => finding.CellNumber).OfType<int>()];
        return new Judgement(result.Verdict == Verdict.Failed, [.. cells.Distinct().Order()], says.Split('\n')[0]);
    }
}
