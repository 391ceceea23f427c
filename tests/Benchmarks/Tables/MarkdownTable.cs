using System.Text;

namespace Benchmarks;

/// <summary>Writes comparisons as a table in Markdown: a line for each thing that was measured, a column for each peer.</summary>
internal static class MarkdownTable
{
    public static string Write(IReadOnlyList<Comparison> comparisons)
    {
        var peers = comparisons.Select(comparison => comparison.PeerName).Where(name => name.Length > 0).Distinct().ToList();
        var hasGoals = comparisons.Any(comparison => comparison.Goal.Length > 0);
        var text = new StringBuilder();
        AddLine(text, ["", "Ours", .. hasGoals ? ["To reach"] : Array.Empty<string>(), .. peers]);
        AddLine(text, ["---", "---:", .. hasGoals ? ["---:"] : Array.Empty<string>(), .. peers.Select(_ => "---:")]);
        foreach (var rows in comparisons.GroupBy(comparison => comparison.What))
            AddLine(text, [rows.Key, $"{rows.First().Ours}", .. hasGoals ? [rows.First().Goal] : Array.Empty<string>(), .. peers.Select(peer => Cell(rows.FirstOrDefault(row => row.PeerName == peer)))]);
        return text.ToString();
    }

    private static string Cell(Comparison? row) => row switch
    {
        null => "",
        { Peer: null } => "not installed",
        _ => $"{row.Peer}<br>ours {row.Verdict}",
    };

    private static void AddLine(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
