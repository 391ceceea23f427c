using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Settings;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Execution;

/// <summary>A code cell with everything the notebook says about it, read before anything is executed.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Directives">How it is to be judged.</param>
/// <param name="Oracle">The same together with the settings and the run's options.</param>
/// <param name="Stored">Its outputs in the file.</param>
internal sealed record CellPlan(NotebookCell Cell, CellDirectives Directives, CellOracle Oracle, IReadOnlyList<CellOutput> Stored)
{
    public int Number => Cell.Number;

    /// <summary>How a comment begins in its language.</summary>
    private string Comment { get; init; } = "//";

    /// <summary>What this run does with it.</summary>
    public CellRole Role { get; private init; }

    /// <summary>Whether this run executes it.</summary>
    public bool IsExecuted => Role != CellRole.LeftOut && !Directives.Skip;

    /// <summary>Reads all code cells.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="path">Its path.</param>
    /// <param name="options">How they are judged, and which of them.</param>
    /// <param name="settings">What is set for the notebook.</param>
    /// <exception cref="NotebookRunException">A comment for the runner or a stored output is not understood.</exception>
    public static IReadOnlyList<CellPlan> ReadAll(Notebook notebook, string path, RunOptions options, NotebookSettings settings)
    {
        try
        {
            var cells = notebook.CodeCells.ToList();
            var widgets = WidgetModels.Stored(notebook.Metadata);
            var judged = cells.Select(cell => options.Selection?.Selects(path, cell) ?? true).ToList();
            return [.. cells.Select((cell, i) => Read(cell, widgets, judged[i] ? CellRole.Judged : IsNeeded(cell, i) ? CellRole.Needed : CellRole.LeftOut))];

            bool IsNeeded(NotebookCell cell, int i) => options.Needed?.Contains(cell.Number) ?? judged.LastIndexOf(true) > i;
        }
        catch (NotebookRunException error)
        {
            throw new NotebookRunException($"The notebook {path} cannot be judged: {error.Message}", error);
        }

        CellPlan Read(NotebookCell cell, WidgetModels widgets, CellRole role)
        {
            var directives = CellDirectives.Read(cell);
            var oracle = CellOracle.Of(directives, options, settings.Oracle, cell.Number);
            return new(cell, directives, oracle with { Comparison = oracle.Comparison with { StoredWidgets = widgets } }, cell.Outputs) { Role = role, Comment = notebook.CommentStart };
        }
    }

    /// <summary>An advice whose marks (<c>// test: …</c>) are then comments of the cell's language.</summary>
    public string InItsLanguage(string advice) => advice.Replace("// test:", $"{Comment} test:", StringComparison.Ordinal);

    /// <summary>The result when the cell is not executed: what is stored stays.</summary>
    public CellResult NotExecuted(Verdict verdict, string message) => new()
    {
        Number = Number,
        CellId = Cell.Id,
        FirstLine = Cell.FirstLine,
        Verdict = verdict,
        Outputs = Stored,
        StoredOutputs = Stored,
        Message = message,
    };
}
