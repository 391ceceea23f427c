using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>A code cell with everything the notebook says about it, read before anything is executed.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Directives">How it is to be judged.</param>
/// <param name="Stored">Its outputs in the file.</param>
internal sealed record CellPlan(NotebookCell Cell, CellDirectives Directives, IReadOnlyList<CellOutput> Stored)
{
    public int Number => Cell.Number;

    /// <summary>Reads all code cells.</summary>
    /// <exception cref="NotebookRunException">A comment for the runner or a stored output is not understood.</exception>
    public static IReadOnlyList<CellPlan> ReadAll(Notebook notebook, string path)
    {
        try
        {
            return [.. notebook.CodeCells.Select(cell => new CellPlan(cell, CellDirectives.Read(cell), cell.Outputs))];
        }
        catch (NotebookRunException error)
        {
            throw new NotebookRunException($"The notebook {path} cannot be judged: {error.Message}", error);
        }
    }

    /// <summary>The result when the cell is not executed: what is stored stays.</summary>
    public CellResult NotExecuted(Verdict verdict, string message) => new()
    {
        Number = Number,
        CellId = Cell.Id,
        FirstLine = Cell.FirstLine,
        Verdict = verdict,
        Outputs = Stored,
        Message = message,
    };
}
