using System.Text;

namespace Benchmarks;

/// <summary>Writes comparisons as a table in Markdown.</summary>
internal static class MarkdownTable
{
    public static string Write(IEnumerable<Comparison> comparisons)
    {
        var text = new StringBuilder("| | Ours | To reach | The peer | Ours is |\n|---|---:|---:|---:|---|\n");
        foreach (var row in comparisons)
        {
            var peer = row.PeerName.Length == 0 ? "" : row.Peer is null ? $"{row.PeerName}: not installed" : $"{row.PeerName}: {row.Peer}";
            text.Append($"| {row.What} | {row.Ours} | {row.Goal} | {peer} | {row.Verdict} |\n");
        }

        return text.ToString();
    }
}
