using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>Finds who reads the names of a notebook's cells.</summary>
internal static class CellNamesReaders
{
    /// <summary>The reader of a notebook's language; null when none is known.</summary>
    public static ICellNamesReader? For(Notebook notebook, RunOptions options)
    {
        var language = notebook.Language?.ToUpperInvariant();
        var kernelName = options.KernelName ?? notebook.KernelName;
        return language is "C#" or "CSHARP" || kernelName == ".net-csharp" ? new CSharpCellNames()
            : (language == "PYTHON" || kernelName == "python3") && kernelName is not null ? new PythonCellNames(kernelName, options.KernelSpecDirectories)
            : null;
    }
}
