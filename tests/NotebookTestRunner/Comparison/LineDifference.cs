using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace NotebookTestRunner.Comparison;

/// <summary>Shows two texts' difference line by line, with a little context and never more than a screenful.</summary>
internal static class LineDifference
{
    private const int Context = 2;
    private const int MostLines = 60;
    private const int MostCharacters = 400;

    public static string Show(string stored, string now)
    {
        var lines = InlineDiffBuilder.Diff(stored, now).Lines;
        var near = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type == ChangeType.Unchanged) continue;
            for (var j = Math.Max(0, i - Context); j <= Math.Min(lines.Count - 1, i + Context); j++) near[j] = true;
        }

        var shown = new List<string>();
        for (var i = 0; i < lines.Count && shown.Count < MostLines; i++)
        {
            if (near[i]) shown.Add(Line(lines[i]));
            else if (i == 0 || near[i - 1]) shown.Add("  …");
        }
        if (shown.Count == MostLines) shown.Add("  … (more differs)");
        return string.Join('\n', shown);
    }

    private static string Line(DiffPiece line)
    {
        var text = line.Text.Length > MostCharacters ? line.Text[..MostCharacters] + "…" : line.Text;
        return line.Type switch
        {
            ChangeType.Deleted => "- " + text,
            ChangeType.Inserted => "+ " + text,
            _ => "  " + text,
        };
    }
}
