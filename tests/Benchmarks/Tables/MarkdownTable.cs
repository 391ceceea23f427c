using System.Text;

namespace Benchmarks;

/// <summary>Writes comparisons as a table in Markdown.</summary>
internal static class MarkdownTable
{
    public static string Write(IEnumerable<Comparison> comparisons)
    {
        var text = new StringBuilder("| | Ours | The peer | Ours is |\n|---|---:|---:|---|\n");
        foreach (var row in comparisons)
        {
            var peer = row.Peer is null ? $"{row.PeerName}: not installed" : $"{row.PeerName}: {row.Peer}";
            text.Append($"| {row.What} | {row.Ours} | {peer} | {row.Verdict} |\n");
        }

        return text.ToString();
    }
}
