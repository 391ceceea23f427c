using System.Text;

namespace CSharpKernel.Display;

/// <summary>Writes tables as comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>Writes a table with a line of headings.</summary>
    public static string Write(Table table, DisplayFormatter formatter)
    {
        var text = new StringBuilder();
        AddLine(text, table.Columns);
        foreach (var row in table.Rows)
            AddLine(text, row.Select(cell => cell is null ? "" : ScalarText.TryWrite(cell) ?? formatter.Write(cell, MimeTypes.Plain, 1)));
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quote)).Append('\n');

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(Special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
