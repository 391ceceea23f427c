using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>Reads the names of a language's cells.</summary>
internal interface ICellNamesReader
{
    /// <summary>Reads all code cells of a notebook.</summary>
    /// <exception cref="NotebookRunException">They cannot be read here.</exception>
    Task<IReadOnlyList<CellNames>> ReadAsync(IReadOnlyList<NotebookCell> cells, CancellationToken cancellationToken);

    /// <summary>Whether a name that no cell defines must be missing: not one the language, its libraries or the kernel may bring.</summary>
    bool IsCertainlyOfCells(string name);
}
