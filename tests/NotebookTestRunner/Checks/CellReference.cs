using System.Globalization;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks;

/// <summary>Finds the code cell that somebody names by its number, id, a tag, or its first line or what that begins with.</summary>
internal static class CellReference
{
    /// <summary>Finds a code cell.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="notebook">The notebook.</param>
    /// <param name="where">Who names it, for the error: such as "lesson.contract.yml, line 3".</param>
    /// <exception cref="NotebookRunException">There is no such cell, or there are several.</exception>
    public static NotebookCell Find(string name, Notebook notebook, string where)
    {
        var cells = notebook.CodeCells.ToList();
        Func<NotebookCell, bool>[] ways =
        [
            cell => cell.Number.ToString(CultureInfo.InvariantCulture) == name,
            cell => cell.Id == name,
            cell => cell.Tags.Contains(name),
            cell => cell.FirstLine == name,
            cell => cell.FirstLine.StartsWith(name, StringComparison.Ordinal),
        ];
        foreach (var way in ways)
        {
            switch (cells.Where(way).ToList())
            {
                case [var cell]:
                    return cell;
                case [_, _, ..] several:
                    throw new NotebookRunException(
                        $"{where} names the cell \"{name}\", and that is cells {string.Join(", ", several.Select(cell => cell.Number))}: name one by its number or id.");
            }
        }
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && notebook.Cells.FirstOrDefault(cell => cell.Number == number) is { } other)
            throw new NotebookRunException($"{where} names cell {name}, which {(other.Kind == CellKind.Code ? "is empty" : "is no code")}: name a code cell by its number, id, tag or first line.");
        throw new NotebookRunException(
            $"{where} names the cell \"{name}\", which is not there: {Nearest.ThereAre(name, cells.SelectMany(cell => new[] { cell.Id ?? cell.Number.ToString(CultureInfo.InvariantCulture) }.Concat(cell.Tags.Where(tag => !tag.Contains(':', StringComparison.Ordinal)))))}. "
            + "Cells are named by number, id, tag or first line.");
    }
}
