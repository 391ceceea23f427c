using System.Text.RegularExpressions;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.HiddenState;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Parameters;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>
/// Works out which cells a section needs: those that prepare the session, those that define or visibly change what its cells name, what those need in
/// turn, and what marks say.
/// </summary>
/// <param name="notebook">The notebook.</param>
/// <param name="sections">Its sections.</param>
/// <param name="names">The names of its cells that are executed, in order.</param>
internal sealed class SectionNeeds(Notebook notebook, IReadOnlyList<NotebookSection> sections, IReadOnlyList<CellNames> names)
{
    /// <summary>The names of all cells.</summary>
    public IReadOnlyList<CellNames> Names => names;

    /// <summary>The numbers of the cells that a section needs beside its own.</summary>
    /// <exception cref="NotebookRunException">A mark names a section that is not there, or not above.</exception>
    public IReadOnlySet<int> Of(NotebookSection section)
    {
        var last = section.Cells[^1].Number;
        SortedSet<int> found = [];
        Queue<int> open = new();
        Add(section.Cells.Select(cell => cell.Number));
        Add(names.Where(cell => cell.Number < last && PreparesAll(cell)).Select(cell => cell.Number));
        while (open.TryDequeue(out var number))
        {
            Add(NeededBy(names.First(cell => cell.Number == number), last));
            if (sections.FirstOrDefault(other => other.Cells.Any(cell => cell.Number == number)) is { } home) Add(Marked(home));
        }
        found.ExceptWith(section.Cells.Select(cell => cell.Number));
        return found;

        void Add(IEnumerable<int> cells)
        {
            foreach (var cell in cells.Where(found.Add)) open.Enqueue(cell);
        }
    }

    /// <summary>Whether a name stands anywhere in a cell.</summary>
    public bool Mentions(int cell, string name) => Regex.IsMatch(notebook.Cells[cell - 1].Source, $@"\b{Regex.Escape(name)}\b");

    private bool PreparesAll(CellNames cell) =>
        cell.Number == names[0].Number || cell.IsSetup || cell.IsOpen || notebook.Cells[cell.Number - 1].Tags.Contains(NotebookParameters.Tag);

    private IEnumerable<int> NeededBy(CellNames cell, int last)
    {
        foreach (var name in cell.Uses) foreach (var definer in Above(name, cell.Number)) yield return definer;
        foreach (var name in cell.UsesLater.Where(name => !cell.Defines.Contains(name)))
        {
            var above = Above(name, cell.Number);
            foreach (var definer in above) yield return definer;
            // Defined below, before what uses it is called.
            if (above.Count == 0 && names.FirstOrDefault(other => other.Number > cell.Number && other.Number < last && other.Defines.Contains(name)) is { } later) yield return later.Number;
        }
    }

    /// <summary>The last cell that defines a name above a cell, and those between that change it; nothing when none defines it.</summary>
    private List<int> Above(string name, int number)
    {
        List<int> cells = [];
        foreach (var cell in names.Where(cell => cell.Number < number).Reverse())
        {
            if (cell.Defines.Contains(name)) return [.. cells, cell.Number];
            if (cell.Changes.Contains(name)) cells.Add(cell.Number);
        }
        return [];
    }

    private IEnumerable<int> Marked(NotebookSection section)
    {
        var first = section.Cells[0].Number;
        if (section.NeedsAbove) return names.Where(cell => cell.Number < first).Select(cell => cell.Number);
        return section.NeedsSections.SelectMany(title => sections.FirstOrDefault(other => other.Title.Equals(title, StringComparison.OrdinalIgnoreCase) && other.Cells[0].Number < first) is { } needed
            ? needed.Cells.Select(cell => cell.Number)
            : throw new NotebookRunException(
                $"The section \"{section.Title}\" says that it needs the section \"{title}\", and above it {Nearest.ThereAre(title, sections.Where(other => other.Cells[0].Number < first).Select(other => $"\"{other.Title}\""))}: "
                + "name one by its heading, or say \"test: needs above\"."));
    }
}
