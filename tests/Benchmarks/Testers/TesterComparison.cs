using NotebookCorpus;
using NotebookCorpus.Testers;

namespace Benchmarks;

/// <summary>Lets our runner and Python's testers judge the same notebooks: what each catches and misses, what it complains about without reason, and how long it takes.</summary>
internal static class TesterComparison
{
    /// <summary>What <c>--only</c> calls it.</summary>
    public const string Name = "testers";

    private static readonly TimeSpan CellTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Judges the corpus with all of them.</summary>
    /// <returns>What each said; the peers first. A peer that is not installed is not there.</returns>
    public static async Task<IReadOnlyList<TesterColumn>> RunAsync()
    {
        var python = PythonPeer.Find("ipykernel") ?? throw new InvalidOperationException("There is no Python with ipykernel, which the corpus needs: make a .venv as environment/python/README.md says.");
        var columns = new List<TesterColumn>();
        foreach (var name in PythonTester.Names.Where(name => PythonPeer.Find(name) == python))
            columns.Add(new(name, await JudgeByPeerAsync(name, python)));

        var ours = new OurCorpusRun(Checkout.Root, python) { CellTimeout = CellTimeout, AtOnce = Environment.ProcessorCount };
        await Console.Error.WriteLineAsync("  ours …");
        var plain = await ours.JudgeAsync(Corpus.All, Judging.Plain, CancellationToken.None);
        columns.Add(new("ours", plain));

        await Console.Error.WriteLineAsync("  ours with marks …");
        var marked = await ours.JudgeAsync([.. Corpus.All.Where(notebook => notebook.HasMarks)], Judging.Marked, CancellationToken.None);
        var audited = await ours.JudgeAsync(Corpus.All, Judging.Audited, CancellationToken.None);
        columns.Add(new("ours with marks and audit", Together(plain, marked, audited)));
        return columns;
    }

    private static async Task<Judgements> JudgeByPeerAsync(string name, string python)
    {
        await Console.Error.WriteLineAsync($"  {name} …");
        var jupyter = Directory.CreateTempSubdirectory("testers-").FullName;
        var folder = Checkout.Path("artifacts", "corpus", $"{name}-{Environment.ProcessId}");
        try
        {
            CorpusKernels.Install(jupyter, Checkout.Root, python);
            string[] paths = [.. Corpus.All.Select(notebook => Corpus.Write(notebook, folder, marked: false))];
            return await new PythonTester(name, python, jupyter).JudgeAsync(paths, CellTimeout, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(jupyter, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    // What its author marked is judged with the marks; the audit adds to both. The time is that of one such run over all.
    private static Judgements Together(Judgements plain, Judgements marked, Judgements audited)
    {
        var both = new Dictionary<string, Judgement>();
        foreach (var (name, judgement) in plain.ByName)
        {
            var run = marked.ByName.GetValueOrDefault(name, judgement);
            var audit = audited.ByName[name];
            both[name] = new(run.Complains || audit.Complains, [.. run.Cells.Concat(audit.Cells).Distinct().Order()], run.Complains ? run.Says : audit.Says);
        }

        return new(both, plain.Time + audited.Time);
    }
}
