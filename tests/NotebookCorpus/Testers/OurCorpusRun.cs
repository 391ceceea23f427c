namespace NotebookCorpus.Testers;

/// <summary>Our runner over the whole corpus, and whether it says what is expected.</summary>
/// <param name="Checkout">The checkout's top folder, with the kernel built.</param>
/// <param name="Python">The interpreter that holds ipykernel.</param>
public sealed record OurCorpusRun(string Checkout, string Python)
{
    // Long enough for a cell that ends on a machine with much else to do; those that do not end get the short one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    /// <summary>Judges notebooks, and gives a line for each of which something else is said than expected.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="marked">Whether with their author's marks.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    public async Task<IReadOnlyList<string>> SurprisesAsync(IReadOnlyList<CorpusNotebook> notebooks, bool marked, CancellationToken cancellationToken)
    {
        var jupyter = Directory.CreateTempSubdirectory("corpus-").FullName;
        // As deep in the checkout as the committed notebooks: they load the client's assembly by a relative path.
        var folder = Path.Combine(Checkout, "artifacts", "corpus", $"ours-{Environment.ProcessId}-{(marked ? "marked" : "plain")}");
        try
        {
            CorpusKernels.Install(jupyter, Checkout, Python);
            var paths = notebooks.ToDictionary(notebook => Corpus.Write(notebook, folder, marked));
            var options = CorpusKernels.Options(jupyter);
            // More than there are processors: some only wait.
            var tester = new OurTester(path => options with { CellTimeout = paths[path].Endless ? Short : Patience }, 2 * Environment.ProcessorCount);
            var told = await tester.JudgeAsync(paths.Keys, cancellationToken);
            return [.. notebooks.Select(notebook => Surprise(notebook, told.ByName[notebook.Name], marked)).OfType<string>()];
        }
        finally
        {
            Directory.Delete(jupyter, recursive: true);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Surprise(CorpusNotebook notebook, Judgement judgement, bool marked)
    {
        var expected = (marked ? notebook.Expect.Marked : notebook.Expect.Plain) ?? (notebook.Defect is null ? Answer.Quiet : Answer.Caught);
        var answer = judgement.About(notebook);
        if (answer != expected)
            return $"{notebook.Name}: {answer} where {expected} is expected. {judgement.Says}";
        var cell = notebook.Defect is null ? notebook.Expect.Cell : notebook.Cell;
        return judgement.Complains && !judgement.Cells.Take(1).SequenceEqual(cell is { } number ? [number] : [])
            ? $"{notebook.Name}: {answer}, but in cell {string.Join(", ", judgement.Cells)} instead of {cell}. {judgement.Says}"
            : null;
    }
}
