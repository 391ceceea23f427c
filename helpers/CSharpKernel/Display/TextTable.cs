using System.Text;

namespace CSharpKernel.Display;

/// <summary>Writes rows as columns of equal width.</summary>
internal static class TextTable
{
    private const int CellLimit = 40;

    /// <summary>Writes a table with a line below the headings.</summary>
    public static string Write(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string? more)
    {
        var cells = rows.Select(row => row.Select(Shorten).ToArray()).ToArray();
        var widths = columns.Select((column, index) => cells.Select(row => row[index].Length).Append(column.Length).Max()).ToArray();
        var text = new StringBuilder();
        AddLine(text, columns, widths);
        AddLine(text, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in cells)
            AddLine(text, row, widths);
        if (more is not null)
            text.Append(more);
        return text.ToString().TrimEnd('\n');
    }

    private static void AddLine(StringBuilder text, IReadOnlyList<string> cells, int[] widths) =>
        text.Append(string.Join("  ", cells.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd()).Append('\n');

    private static string Shorten(string cell)
    {
        var line = cell.ReplaceLineEndings(" ");
        return line.Length <= CellLimit ? line : line[..(CellLimit - 1)] + "…";
    }
}
