namespace NotebookCorpus;

/// <summary>The notebooks of the corpus as they stand in the repository: <c>Notebooks</c>, and in <c>Marked</c> those with their author's marks.</summary>
public static class CommittedCorpus
{
    /// <summary>The top folder of the checkout this program was built in.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>The folder of one of the two kinds.</summary>
    /// <param name="marked">Whether the one with marks.</param>
    public static string Folder(bool marked) => Path.Combine(Checkout, "tests", "NotebookCorpus", marked ? "Marked" : "Notebooks");

    /// <summary>The files that one of the two folders should hold: their relative paths and texts.</summary>
    /// <param name="marked">Whether the one with marks.</param>
    public static IReadOnlyDictionary<string, string> Files(bool marked) => Corpus.All
        .Where(notebook => !marked || notebook.HasMarks)
        .SelectMany(notebook => Corpus.Files(notebook, marked).Select(file => KeyValuePair.Create(Path.Combine(notebook.Name, file.Key), file.Value)))
        .ToDictionary();

    /// <summary>Writes both folders again.</summary>
    public static void Write()
    {
        foreach (var marked in (bool[])[false, true])
        {
            if (Directory.Exists(Folder(marked)))
                Directory.Delete(Folder(marked), recursive: true);
            foreach (var notebook in Corpus.All.Where(notebook => !marked || notebook.HasMarks))
                Corpus.Write(notebook, Folder(marked), marked);
        }
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tutorial.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Tutorial.sln: run this from a checkout.");
    }
}
