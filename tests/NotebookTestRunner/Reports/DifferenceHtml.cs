using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Reports;

/// <summary>What a cell showed beside what is stored: the text line by line, with the changed words marked, and pictures as they look.</summary>
internal static class DifferenceHtml
{
    // Comparing long texts line by line takes long, and nobody reads more.
    private const int MostLines = 400;
    private const int MostCharacters = 600;

    public static void Append(StringBuilder html, CellResult cell, string? folder)
    {
        html.Append("<div class=\"difference\">\n<p class=\"caption\">Stored in the notebook <span>|</span> shown now</p>\n");
        AppendText(html, TextOf(cell.StoredOutputs), TextOf(cell.Outputs));
        if (cell.StoredOutputs.Concat(cell.Outputs).Any(IsRich))
        {
            html.Append("<div class=\"sides\">");
            AppendSide(html, cell.StoredOutputs, folder);
            AppendSide(html, cell.Outputs, folder);
            html.Append("</div>\n");
        }
        html.Append("</div>\n");
    }

    private static void AppendSide(StringBuilder html, IReadOnlyList<CellOutput> outputs, string? folder)
    {
        html.Append("<div class=\"outputs\">");
        var rich = outputs.Where(IsRich).ToList();
        if (rich.Count == 0) html.Append("<p class=\"note\">nothing</p>");
        foreach (var output in rich) html.Append(OutputHtml.Render(output, folder)).Append('\n');
        html.Append("</div>");
    }

    private static void AppendText(StringBuilder html, string stored, string now)
    {
        var sides = SideBySideDiffBuilder.Diff(stored, now);
        var (old, current) = (sides.OldText.Lines, sides.NewText.Lines);
        html.Append("<div class=\"scroll\"><table class=\"diff\">\n");
        for (var i = 0; i < Math.Max(old.Count, current.Count); i++)
        {
            html.Append("<tr>");
            AppendLine(html, old.ElementAtOrDefault(i), "old");
            AppendLine(html, current.ElementAtOrDefault(i), "new");
            html.Append("</tr>\n");
        }
        html.Append("</table></div>\n");
    }

    private static void AppendLine(StringBuilder html, DiffPiece? line, string side)
    {
        if (line is null || line.Type == ChangeType.Imaginary)
        {
            html.Append("<td class=\"number\"></td><td class=\"none\"></td>");
            return;
        }
        var changed = line.Type == ChangeType.Unchanged ? "" : $" class=\"{side}\"";
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{line.Position}</td><td{changed}>");
        if (line.Type == ChangeType.Modified)
        {
            foreach (var piece in line.SubPieces.Where(piece => piece.Text is { Length: > 0 }))
                html.Append(piece.Type == ChangeType.Unchanged ? HtmlReport.Text(piece.Text) : $"<mark>{HtmlReport.Text(piece.Text)}</mark>");
        }
        else
        {
            html.Append(HtmlReport.Text(line.Text));
        }
        html.Append("</td>");
    }

    private static bool IsRich(CellOutput output) =>
        output is DisplayOutput display && display.Data.Keys.Any(type => type.StartsWith("image/", StringComparison.Ordinal) || type is "text/html" or "text/markdown");

    /// <summary>Outputs as lines: what was printed, the plain form of what was shown and what other forms it has, errors.</summary>
    private static string TextOf(IReadOnlyList<CellOutput> outputs)
    {
        var lines = outputs.SelectMany(output => (output switch
        {
            StreamOutput stream => TerminalText.Resolve(stream.Text).TrimEnd('\n'),
            ErrorOutput error => $"{error.Name}: {error.Value}",
            DisplayOutput display => string.Join('\n', display.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => FormOf(entry.Key, entry.Value))),
            _ => output.ToJson().ToJsonString(),
        }).ReplaceLineEndings("\n").Split('\n')).Select(line => PlainReportText.Clean(line.Length > MostCharacters ? line[..MostCharacters] + "…" : line)).ToList();
        return string.Join('\n', lines.Count > MostLines ? [.. lines.Take(MostLines), string.Create(CultureInfo.InvariantCulture, $"… {lines.Count - MostLines} more lines")] : lines);
    }

    private static string FormOf(string type, JsonNode? content) => (type, Notebooks.MultilineText.TryJoin(content)) switch
    {
        ("text/plain", { } plain) => plain,
        (_, { } text) when type.StartsWith("text/", StringComparison.Ordinal) || type == "image/svg+xml" => $"({type})\n{text}",
        (_, { } base64) => string.Create(CultureInfo.InvariantCulture, $"({type}, {base64.Length * 3 / 4} bytes)"),
        _ => $"({type})\n{content?.ToJsonString()}",
    };
}
