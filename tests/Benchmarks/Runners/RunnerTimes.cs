using System.Diagnostics;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;
using NotebookCorpus.Testers;
using NotebookTestRunner;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Series;

namespace Benchmarks;

/// <summary>What our runner adds to the kernel's own time, and how long twelve notebooks take: one after the other, with the next kernel started ahead, two at once, and with nbval.</summary>
internal sealed class RunnerTimes : IMeasurement
{
    private const int Notebooks = 12;
    private const int AtOnce = 2;
    private const string Bare = "the same client without a runner";
    private static readonly TimeSpan CellTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "runner";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var python = PythonPeer.Find("ipykernel") ?? throw new InvalidOperationException("There is no Python with ipykernel, which the notebooks need: make a .venv as environment/python/README.md says.");
        var folder = Directory.CreateTempSubdirectory("runner-times-").FullName;
        try
        {
            CorpusKernels.Install(folder, Checkout.Root, python);
            var options = CorpusKernels.Options(folder) with { CellTimeout = CellTimeout };
            var cells = TimedNotebook.Write(Path.Combine(folder, "cells"), "cells", TimedNotebook.ManyCells);
            var paths = Enumerable.Range(1, Notebooks).Select(i => TimedNotebook.Write(Path.Combine(folder, $"lesson-{i}"), $"lesson-{i}", TimedNotebook.Lesson)).ToList();
            var nbval = PythonPeer.Find("nbval") == python ? new PythonTester("nbval", python, folder) : null;

            List<double> bare = [], overhead = [], ours = [], inTurn = [], ahead = [], together = [], peers = [];
            for (var round = 0; round <= rounds; round++)
            {
                var (kernelAlone, withRunner) = (await BareAsync(cells, options), await CellsAsync(cells, options));
                var plain = await SeriesAsync(paths, options, 1, kernelsAhead: 0);
                var (alone, both) = (await SeriesAsync(paths, options, 1, kernelsAhead: 1), await SeriesAsync(paths, options, AtOnce, kernelsAhead: 1));
                var peer = nbval is null ? TimeSpan.Zero : (await nbval.JudgeAsync(paths, CellTimeout, CancellationToken.None)).Time;
                // The first start also fills the disk cache and does not count.
                if (round == 0) continue;
                bare.Add(kernelAlone.TotalMilliseconds);
                ours.Add(withRunner.TotalMilliseconds);
                overhead.Add((withRunner - kernelAlone).TotalMilliseconds);
                inTurn.Add(plain.TotalSeconds);
                ahead.Add(alone.TotalSeconds);
                together.Add(both.TotalSeconds);
                peers.Add(peer.TotalSeconds);
            }

            var nbvalTimes = nbval is null ? null : Spread.Of(peers);
            return
            [
                new("a cell that prints a line, ms", Spread.Of(ours), Bare, Spread.Of(bare)),
                new("what the runner adds to a cell, ms", Spread.Of(overhead), "", null, Target: 5),
                new($"{Notebooks} notebooks, one after the other, s", Spread.Of(inTurn), "nbval", nbvalTimes),
                // The next kernel starts while a notebook runs: the runner's default, and half of what a second processor can do.
                new($"{Notebooks} notebooks, one after the other, kernels started ahead, s", Spread.Of(ahead), "nbval", nbvalTimes),
                new($"{Notebooks} notebooks, {AtOnce} at once, s", Spread.Of(together), "nbval", nbvalTimes),
                new($"{AtOnce} at once: how many times faster", Spread.Of(Ratios(inTurn, together)), "", null, MoreIsBetter: true, Target: 1.6),
                new($"{AtOnce} at once: how many times faster than with kernels started ahead", Spread.Of(Ratios(ahead, together)), "", null, MoreIsBetter: true),
                .. nbval is null ? [] : new[] { new Comparison("how many times faster than nbval", Spread.Of(Ratios(peers, together)), "", null, MoreIsBetter: true, Target: 2) },
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<double> Ratios(List<double> slow, List<double> fast) => slow.Zip(fast, (a, b) => a / b);

    private static async Task<TimeSpan> SeriesAsync(List<string> paths, RunOptions options, int parallel, int kernelsAhead)
    {
        var clock = Stopwatch.StartNew();
        var results = await new NotebookSeries(new SeriesOptions { OptionsFor = _ => options, Parallel = parallel, WarmKernels = kernelsAhead }).RunAsync(paths);
        var elapsed = clock.Elapsed;
        return results.All(result => result.Verdict == Verdict.Passed) ? elapsed : throw new InvalidOperationException($"A notebook failed, so its time means nothing: {Said(results)}");
    }

    /// <summary>The time of a cell in our runner, the median over all cells of a notebook but the first.</summary>
    private static async Task<TimeSpan> CellsAsync(string path, RunOptions options)
    {
        var result = await new NotebookRunner(options).RunAsync(path);
        return result.Verdict == Verdict.Passed
            ? Median(result.Cells.Skip(1).Select(cell => cell.Duration))
            : throw new InvalidOperationException($"The notebook of small cells failed, so its time means nothing: {Said([result])}");
    }

    /// <summary>The time of the same cells when the client sends them one by one and does nothing else.</summary>
    private static async Task<TimeSpan> BareAsync(string path, RunOptions options)
    {
        var spec = new KernelSpecStore(options.KernelSpecDirectories).Find("python3");
        await using var kernel = await KernelProcess.StartAsync(spec, new KernelStartOptions
        {
            WorkingDirectory = Path.GetDirectoryName(path),
            Environment = options.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
        });
        var times = new List<TimeSpan>();
        foreach (var cell in Notebook.Read(path).CodeCells)
        {
            var clock = Stopwatch.StartNew();
            await kernel.Client.ExecuteAsync(cell.Source);
            times.Add(clock.Elapsed);
        }

        return Median(times.Skip(1));
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => TimeSpan.FromMilliseconds(Spread.Of(times.Select(time => time.TotalMilliseconds)).Median);

    private static string Said(IEnumerable<NotebookResult> results) =>
        string.Join("; ", results.Where(result => result.Verdict != Verdict.Passed).Select(result => $"{result.Path}: {result.Message ?? result.Cells.FirstOrDefault(cell => cell.Message is not null)?.Message}"));
}
