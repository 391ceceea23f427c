using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>A file of rows and columns as a table.</summary>
internal static class TablePreview
{
    private const int MostRows = 500;
    private const int MostColumns = 100;

    /// <summary>Reads values that are separated by a character; within double quotes it may stand in a value.</summary>
    public static Html OfText(string text, char separator, bool isCut)
    {
        var rows = Rows(text, separator);
        if (isCut && rows.Count > 1)
            rows.RemoveAt(rows.Count - 1);
        return rows.Count == 0 ? $"<p class=\"empty\">An empty table.</p>" : Render(rows[0], rows.Skip(1).Take(MostRows), rows.Count - 1);
    }

    /// <summary>A table as MLflow logs them: <c>{"columns": […], "data": [[…]]}</c>; null for any other JSON.</summary>
    public static Html? OfJson(JsonNode? json)
    {
        if (json is not JsonObject table || table["columns"] is not JsonArray columns || table["data"] is not JsonArray data || !data.All(row => row is JsonArray))
            return null;
        return Render([.. columns.Select(Text)], data.Take(MostRows).Select(row => ((JsonArray)row!).Select(Text).ToList()), data.Count);

        static string Text(JsonNode? cell) => cell is JsonValue value && value.TryGetValue<string>(out var text) ? text : cell?.ToJsonString() ?? "";
    }

    private static Html Render(List<string> heading, IEnumerable<List<string>> rows, int all) => $"""
        <div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>{heading.Take(MostColumns).Select(cell => (Html)$"<th scope=\"col\">{cell}</th>")}</tr></thead>
        <tbody>{rows.Select(row => (Html)$"<tr>{row.Take(MostColumns).Select(cell => (Html)$"<td>{cell}</td>")}</tr>\n")}</tbody></table></div>
        <p class="faint">{all} {(all == 1 ? "row" : "rows")}{Html.If(all > MostRows, () => $", of which these are the first {MostRows}")}{Html.If(heading.Count > MostColumns, () => $"; the first {MostColumns} of {heading.Count} columns")}.</p>
        """;

    private static List<List<string>> Rows(string text, char separator)
    {
        var (rows, row, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length && rows.Count <= MostRows * 40; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else if (c == '"')
                    isQuoted = false;
                else
                    cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (c == separator || c == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                    End();
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
            row.Add(cell.ToString());
        End();
        return rows;

        void End()
        {
            if (row.Count > 1 || (row.Count == 1 && row[0].Length > 0))
                rows.Add(row);
            row = [];
        }
    }
}
