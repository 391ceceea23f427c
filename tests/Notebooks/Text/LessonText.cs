using NotebookTestRunner.Notebooks;

namespace Notebooks.Text;

/// <summary>A lesson as its readers get it, with what can be counted in it.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="Notebook">The notebook.</param>
internal sealed record LessonText(string Name, Notebook Notebook)
{
    /// <summary>The lessons, in reading order: notebooks whose names begin with a number.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Lessons.Names.Where(name => char.IsAsciiDigit(name[0])).Select(name => Path.GetFileNameWithoutExtension(name))];

    /// <summary>Everything that is no code.</summary>
    public string Markdown { get; } = string.Join("\n\n", Notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));

    public int Words => Prose.Words(Markdown).Count();

    public double ReadingEase => Readability.FleschReadingEase([.. Prose.Sentences(Markdown)]);

    public int CodeCells => Notebook.CodeCells.Count();

    /// <summary>Lines of the longest code cell, blank ones aside.</summary>
    public int LongestCell => Notebook.CodeCells.Max(LinesOf);

    public int Pictures => Prose.Pictures(Markdown).Count();

    public static LessonText Read(string name) => new(name, Notebook.Read(Lessons.ReadersPathOf($"{name}.ipynb")));

    public static int LinesOf(NotebookCell cell) => cell.Source.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));
}
