using Markdig;
using Markdig.Syntax;
using NotebookTestRunner.Checks.Links;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>A heading of level 2, and the code cells below it until the next heading of its level or above.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Heading">The Markdown cell it stands in.</param>
/// <param name="Cells">The code cells that are executed; there is at least one.</param>
internal sealed record NotebookSection(string Title, NotebookCell Heading, IReadOnlyList<NotebookCell> Cells)
{
    private const int Level = 2;

    /// <summary>Whether one of its marks says that it needs all that stands above.</summary>
    public bool NeedsAbove => Marks.Any(marks => marks.NeedsAbove);

    /// <summary>The headings of the sections that its marks say it needs.</summary>
    public IEnumerable<string> NeedsSections => Marks.SelectMany(marks => marks.NeedsSections);

    private IEnumerable<CellDirectives> Marks => Cells.Prepend(Heading).Select(CellDirectives.Read);

    /// <summary>The sections of a notebook that have code to execute.</summary>
    public static IReadOnlyList<NotebookSection> ReadAll(Notebook notebook)
    {
        List<NotebookSection> sections = [];
        NotebookCell? heading = null;
        var title = "";
        List<NotebookCell> cells = [];
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown && Markdown.Parse(cell.Source).OfType<HeadingBlock>().LastOrDefault(block => block.Level <= Level) is { } block)
            {
                End();
                (heading, title) = (block.Level == Level ? cell : null, block.Inline is { } text ? MarkdownLinks.TextOf(text) : "");
            }
            else if (heading is not null && cell is { Kind: CellKind.Code, IsEmpty: false } && !CellDirectives.Read(cell).Skip)
            {
                cells.Add(cell);
            }
        }
        End();
        return sections;

        void End()
        {
            if (heading is not null && cells.Count > 0) sections.Add(new(title, heading, cells));
            cells = [];
        }
    }
}
