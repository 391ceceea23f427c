namespace NotebookCorpus.Testers;

/// <summary>Our runner over the whole corpus, and whether it says what is expected.</summary>
/// <param name="Checkout">The checkout's top folder, with the kernel built.</param>
/// <param name="Python">The interpreter that holds ipykernel.</param>
public sealed record OurCorpusRun(string Checkout, string Python)
{
    /// <summary>How long a cell may take; by default long enough for those that end, and short for those that do not.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How many notebooks are run at the same time; by default more than there are processors, because some only wait.</summary>
    public int AtOnce { get; init; } = 2 * Environment.ProcessorCount;

    // Long enough for a cell that ends on a machine with much else to do; those that do not end get the short one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    /// <summary>Judges notebooks, and gives a line for each of which something else is said than expected.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="how">How they are judged.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    public async Task<IReadOnlyList<string>> SurprisesAsync(IReadOnlyList<CorpusNotebook> notebooks, Judging how, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        var told = await JudgeAsync(notebooks, how, cancellationToken);
        return [.. notebooks.Select(notebook => Surprise(notebook, told.ByName[notebook.Name], how)).OfType<string>()];
    }

    /// <summary>Judges notebooks, each in a folder of its own that is gone afterwards.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="how">How they are judged.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    public async Task<Judgements> JudgeAsync(IReadOnlyList<CorpusNotebook> notebooks, Judging how, CancellationToken cancellationToken)
    {
        var jupyter = Directory.CreateTempSubdirectory("corpus-").FullName;
        // As deep in the checkout as the committed notebooks: they load the client's assembly by a relative path.
        // A folder around each folder: what one notebook leaves beside its own is not to be blamed on another.
        string FolderOf(CorpusNotebook notebook) => Path.Combine(Checkout, "artifacts", "corpus", $"ours-{Environment.ProcessId}-{how}-{notebook.Name}");
        try
        {
            CorpusKernels.Install(jupyter, Checkout, Python);
            var paths = notebooks.ToDictionary(notebook => Corpus.Write(notebook, FolderOf(notebook), how == Judging.Marked));
            var options = CorpusKernels.Options(jupyter);
            var tester = new OurTester(path => options with { CellTimeout = CellTimeout ?? (paths[path].Endless ? Short : Patience) }, AtOnce);
            return how == Judging.Audited ? await tester.AuditAsync(paths.Keys, cancellationToken) : await tester.JudgeAsync(paths.Keys, cancellationToken);
        }
        finally
        {
            Directory.Delete(jupyter, recursive: true);
            foreach (var folder in notebooks.Select(FolderOf).Where(Directory.Exists))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Surprise(CorpusNotebook notebook, Judgement judgement, Judging how)
    {
        var expected = notebook.Expect.For(notebook, how);
        var answer = judgement.About(notebook);
        if (answer != expected)
            return $"{notebook.Name}: {answer} where {expected} is expected. {judgement.Says}";
        var cell = notebook.Defect is null ? notebook.Expect.Cell : notebook.Cell;
        // An audit may see several things that are wrong; a run is to name the cell first.
        var said = how == Judging.Audited ? judgement.Cells : judgement.Cells.Take(1);
        return judgement.Complains && !(cell is { } number ? said.Contains(number) : !said.Any())
            ? $"{notebook.Name}: {answer}, but in cell {string.Join(", ", judgement.Cells)} instead of {cell}. {judgement.Says}"
            : null;
    }
}
