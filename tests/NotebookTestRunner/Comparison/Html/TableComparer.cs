using System.Globalization;

namespace NotebookTestRunner.Comparison.Html;

/// <summary>Compares two tables cell by cell, so that a difference has a row and a column. Rows count from 1, the heading's among them.</summary>
internal sealed class TableComparer(HtmlComparer page, string name)
{
    private sealed record Cell(HtmlNode Node, int Column);

    private sealed record Row(HtmlNode Node, string Section, List<Cell> Cells);

    public void Compare(HtmlNode stored, HtmlNode now)
    {
        var (storedRows, nowRows) = (Rows(stored, "table").ToList(), Rows(now, "table").ToList());
        page.CompareChildren(Rest(stored), Rest(now), name, drawn: false);
        if (storedRows.Count != nowRows.Count || storedRows.Zip(nowRows).Any(pair => !Shape(pair.First).SequenceEqual(Shape(pair.Second))))
        {
            page.Add($"{name}: stored {Size(storedRows)}, now {Size(nowRows)}\n{LineDifference.Show(Lines(storedRows), Lines(nowRows), page.AgreeAsText)}");
            return;
        }
        for (var row = 0; row < storedRows.Count; row++) CompareRow(storedRows, nowRows, row);
    }

    private void CompareRow(List<Row> stored, List<Row> now, int row)
    {
        var place = $"{name}, row {(row + 1).ToString(CultureInfo.InvariantCulture)}";
        if (stored[row].Section != now[row].Section) page.Add($"{place}: stored in {stored[row].Section}, now in {now[row].Section}");
        page.CompareAttributes(stored[row].Node, now[row].Node, place, drawn: false);
        foreach (var (old, fresh) in stored[row].Cells.Zip(now[row].Cells))
        {
            var cell = $"{place}, column {(old.Column + 1).ToString(CultureInfo.InvariantCulture)}{Heading(now, row, old.Column)}";
            page.CompareAttributes(old.Node, fresh.Node, cell, drawn: false);
            page.CompareChildren(old.Node.Children, fresh.Node.Children, cell, drawn: false);
        }
    }

    /// <summary>What the column is called, when the table says so.</summary>
    private static string Heading(List<Row> rows, int row, int column) =>
        row > 0 && rows[0].Cells.FirstOrDefault(cell => cell.Column == column) is { Node: { Name: "th", InnerText: { Length: > 0 and <= 40 } heading } } ? $" (\"{heading}\")" : "";

    private static IEnumerable<Row> Rows(HtmlNode node, string section) => node.Children.SelectMany(child => child.Name switch
    {
        "tr" => [new Row(child, section, Cells(child))],
        "thead" or "tbody" or "tfoot" => Rows(child, child.Name),
        _ => Array.Empty<Row>(),
    });

    private static List<Cell> Cells(HtmlNode row)
    {
        var cells = new List<Cell>();
        var column = 0;
        foreach (var child in row.Children.Where(child => child.Name is "td" or "th"))
        {
            cells.Add(new Cell(child, column));
            column += int.TryParse(child.Attributes.GetValueOrDefault("colspan"), CultureInfo.InvariantCulture, out var span) && span is > 1 and <= 1000 ? span : 1;
        }
        return cells;
    }

    // Captions and columns: all that holds no rows.
    private static List<HtmlNode> Rest(HtmlNode table) => [.. table.Children.Where(child => child.Name is not ("tr" or "thead" or "tbody" or "tfoot"))];

    private static IEnumerable<(string?, int)> Shape(Row row) => row.Cells.Select(cell => (cell.Node.Name, cell.Column));

    private static string Size(List<Row> rows) =>
        string.Create(CultureInfo.InvariantCulture, $"{rows.Count} {(rows.Count == 1 ? "row" : "rows")} of {string.Join(" to ", rows.Select(row => row.Cells.Count).DefaultIfEmpty().Order().ToArray() is var sizes && sizes[0] == sizes[^1] ? [sizes[0]] : (int[])[sizes[0], sizes[^1]])} cells");

    private string[] Lines(List<Row> rows) => [.. rows.Select(row => page.Normalize(string.Join(" | ", row.Cells.Select(cell => cell.Node.InnerText))))];
}
