using System.Globalization;
using System.Text;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks.CleanRun;

/// <summary>
/// Whether what is stored looks like one run from top to bottom that may be shown to anybody: execution counts 1 to n, ids of cells that are their own,
/// no error that is not meant, no path of somebody's machine, no secret, not too large. A cell with the tag <c>allow-paths</c> or <c>allow-secrets</c> may hold such.
/// </summary>
/// <param name="limits">How large notebooks may be; by default as <see cref="CleanRunLimits"/> says.</param>
public sealed class CleanRunCheck(CleanRunLimits? limits = null) : InspectionCheck
{
    private readonly CleanRunLimits limits = limits ?? new();

    /// <inheritdoc/>
    public override string Name => "clean-run";

    /// <inheritdoc/>
    protected override bool IsOfStoredOutputs => true;

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<Finding>> InspectAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        var notebook = context.Notebook;
        return Task.FromResult<IReadOnlyList<Finding>>(
            [.. Counts(notebook), .. Ids(notebook), .. notebook.CodeCells.SelectMany(cell => Errors(cell, notebook.CommentStart)), .. notebook.Cells.SelectMany(cell => Revealed(cell, context.Path)), .. Sizes(notebook)]);
    }

    private IEnumerable<Finding> Counts(Notebook notebook)
    {
        var cells = notebook.CodeCells.Where(cell => !CellDirectives.Read(cell).Skip || cell.ExecutionCount is not null).ToList();
        if (cells.TrueForAll(cell => cell.ExecutionCount is null && cell.Outputs.Count == 0)) yield break;

        var expected = 0;
        foreach (var cell in cells)
        {
            expected++;
            if (cell.ExecutionCount == expected || IsLeftToReaders(cell)) continue;
            var stored = cell.ExecutionCount is { } count ? $"was execution {count.ToString(CultureInfo.InvariantCulture)}" : "was never executed";
            yield return new(Name, cell.Number, $"This cell {stored} where a run from top to bottom would make it {expected.ToString(CultureInfo.InvariantCulture)}: "
                + "what is stored is not of one clean run. Restart the kernel, run all cells and save, or store outputs with --update.");
            yield break;
        }
    }

    /// <summary>An exercise and its check come to readers as if nobody had run them.</summary>
    private static bool IsLeftToReaders(NotebookCell cell) =>
        cell.ExecutionCount is null && cell.Outputs.Count == 0 && cell.Tags.Any(tag => tag is ExerciseNotebook.ExerciseTag or Exercise.CheckTag);

    // https://nbformat.readthedocs.io/en/latest/format_description.html#cell-ids
    private IEnumerable<Finding> Ids(Notebook notebook) =>
        notebook.Cells.Where(cell => cell.Id is not null).GroupBy(cell => cell.Id).SelectMany(cells => cells.Skip(1).Select(cell => new Finding(
            Name, cell.Number, $"It has the id \"{cell.Id}\" of cell {cells.First().Number.ToString(CultureInfo.InvariantCulture)}, and the format wants each to have its own: delete one of the two ids, and Jupyter makes a new one.")));

    private IEnumerable<Finding> Errors(NotebookCell cell, string comment) =>
        cell.Outputs.OfType<ErrorOutput>().Where(_ => !CellDirectives.Read(cell).RaisesException).Take(1).Select(error => new Finding(
            Name, cell.Number, $"The error {error.Name} is stored as an output. Mend the cell, or say that it is meant: tag raises-exception, or first line \"{comment} test: raises {error.Name}\"."));

    private IEnumerable<Finding> Revealed(NotebookCell cell, string path)
    {
        var texts = StoredText.Of(cell).ToList();
        if (!cell.Tags.Contains("allow-paths"))
        {
            foreach (var (where, found) in First(texts, text => MachinePaths.Find(text, path)))
                yield return new(Name, cell.Number, $"{where} holds the path {found} of somebody's machine: readers have no such folder, and it says who made it. Use a relative path, or tag the cell allow-paths.");
        }
        if (!cell.Tags.Contains("allow-secrets"))
        {
            foreach (var (where, found) in First(texts, Secrets.Find))
                yield return new(Name, cell.Number, $"{where} holds what looks like {found}. Whoever gets the notebook has it: take it out, replace it where it is valid, or tag the cell allow-secrets.");
        }
    }

    /// <summary>The first of each place, so that one long output does not bury the rest.</summary>
    private static IEnumerable<(string Where, string Found)> First(IEnumerable<(string Where, string Text)> texts, Func<string, string?> find) =>
        texts.Select(text => (text.Where, Found: find(text.Text))).Where(found => found.Found is not null).DistinctBy(found => found.Where)!;

    private IEnumerable<Finding> Sizes(Notebook notebook)
    {
        foreach (var cell in notebook.Cells)
        {
            var size = cell.Outputs.Sum(output => (long)Encoding.UTF8.GetByteCount(output.ToJson().ToJsonString()));
            if (size > limits.CellBytes)
                yield return new(Name, cell.Number, $"Its outputs take {Kilobytes(size)}, more than {Kilobytes(limits.CellBytes)}: show less, or a smaller picture.");
        }
        var whole = (long)Encoding.UTF8.GetByteCount(notebook.ToJson());
        if (whole > limits.NotebookBytes)
            yield return new(Name, null, $"The notebook takes {Kilobytes(whole)}, more than {Kilobytes(limits.NotebookBytes)}: clear or shrink its largest outputs.");
    }

    private static string Kilobytes(long bytes) => (bytes / 1000.0).ToString("N0", CultureInfo.InvariantCulture) + " kB";
}
