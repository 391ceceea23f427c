using System.Globalization;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Shows how two texts differ: lines stored (<c>-</c>) and now (<c>+</c>) with two lines around, the words that changed marked
/// below (<c>?</c>), long stretches that are equal folded, never more than a screenful.
/// </summary>
internal static class LineDifference
{
    /// <summary>How many lines of each side are aligned; what follows is only counted.</summary>
    public const int MostCompared = 1000;

    /// <summary>How many equal lines are shown around one that differs.</summary>
    public const int Context = 2;

    private const int MostLines = 60;

    /// <summary>Shows the difference of two lists of lines.</summary>
    /// <param name="stored">The lines as stored.</param>
    /// <param name="now">The lines as they are now.</param>
    /// <param name="agree">Whether two lines count as equal.</param>
    /// <param name="before">How many equal lines stand before these.</param>
    /// <param name="after">How many equal lines stand after these.</param>
    public static string Show(string[] stored, string[] now, Func<string, string, bool> agree, int before = 0, int after = 0)
    {
        var cut = stored.Length > MostCompared || now.Length > MostCompared;
        var pieces = Align(stored, now, agree);
        var near = new bool[pieces.Count];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Type == ChangeType.Unchanged) continue;
            for (var j = Math.Max(0, i - Context); j <= Math.Min(pieces.Count - 1, i + Context); j++) near[j] = true;
        }

        var shown = new List<string>();
        var folded = before;
        var isLeftOut = false;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (shown.Count >= MostLines && pieces[i].Type != ChangeType.Unchanged) isLeftOut = true;
            if (!near[i] || shown.Count >= MostLines)
            {
                folded++;
                continue;
            }
            Fold(shown, folded);
            folded = 0;
            if (pieces[i].Type == ChangeType.Unchanged) shown.Add("  " + Visible(pieces[i].Text));
            else (i, isLeftOut) = AddBlock(shown, pieces, i);
        }
        if (isLeftOut) shown.Add("  … (more differs)");
        else if (cut) shown.Add($"  … (only the first {MostCompared} lines from the first difference on were compared)");
        else Fold(shown, folded + after);
        return string.Join('\n', shown);
    }

    private static void Fold(List<string> shown, int equal)
    {
        if (equal > 0) shown.Add($"  … ({equal.ToString(CultureInfo.InvariantCulture)} equal {(equal == 1 ? "line" : "lines")})");
    }

    private static List<DiffPiece> Align(string[] stored, string[] now, Func<string, string, bool> agree)
    {
        var lines = InlineDiffBuilder.Diff(
            string.Join('\n', stored.Take(MostCompared)), string.Join('\n', now.Take(MostCompared)), ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance).Lines;
        // A tolerance makes lines agree that are not equal.
        var aligned = new List<DiffPiece>(lines.Count);
        for (var i = 0; i < lines.Count;)
        {
            var deleted = Run(lines, i, ChangeType.Deleted);
            var inserted = Run(lines, i + deleted, ChangeType.Inserted);
            if (deleted + inserted == 0)
            {
                aligned.Add(lines[i++]);
                continue;
            }
            AddPairs(aligned, lines.GetRange(i, deleted), lines.GetRange(i + deleted, inserted), agree);
            i += deleted + inserted;
        }
        return aligned;
    }

    private static void AddPairs(List<DiffPiece> aligned, List<DiffPiece> deleted, List<DiffPiece> inserted, Func<string, string, bool> agree)
    {
        if (deleted.Count != inserted.Count)
        {
            aligned.AddRange(deleted);
            aligned.AddRange(inserted);
            return;
        }
        var waiting = new List<DiffPiece>();
        foreach (var (old, fresh) in deleted.Zip(inserted))
        {
            if (agree(old.Text, fresh.Text))
            {
                aligned.AddRange(waiting);
                waiting.Clear();
                aligned.Add(new DiffPiece(fresh.Text, ChangeType.Unchanged));
                continue;
            }
            aligned.Add(old);
            waiting.Add(fresh);
        }
        aligned.AddRange(waiting);
    }

    private static int Run(List<DiffPiece> lines, int start, ChangeType type)
    {
        var count = 0;
        while (start + count < lines.Count && lines[start + count].Type == type) count++;
        return count;
    }

    /// <summary>Shows a block of lines gone and lines new, those that stand for each other marked; returns its last piece, and whether the screen was full before.</summary>
    private static (int Last, bool IsLeftOut) AddBlock(List<string> shown, List<DiffPiece> pieces, int start)
    {
        var deleted = Run(pieces, start, ChangeType.Deleted);
        var inserted = Run(pieces, start + deleted, ChangeType.Inserted);
        var lines = Math.Max(deleted, inserted);
        var i = 0;
        for (; i < lines && shown.Count < MostLines; i++)
        {
            var old = i < deleted ? pieces[start + i].Text : null;
            var fresh = i < inserted ? pieces[start + deleted + i].Text : null;
            if (old is not null && fresh is not null) shown.AddRange(WordDifference.Show(old, fresh));
            else shown.Add(old is not null ? "- " + Visible(old) : "+ " + Visible(fresh!));
        }
        return (start + deleted + inserted - 1, i < lines);
    }

    private static string Visible(string line) => WordDifference.Visible(line.Length > WordDifference.Width ? line[..WordDifference.Width] + "…" : line);
}
