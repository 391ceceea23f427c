using System.Text;
using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace NotebookTestRunner.Comparison;

/// <summary>Shows one line stored and the line that took its place, with the words that changed marked and numbers compared.</summary>
internal static partial class WordDifference
{
    /// <summary>How much of a long line is shown.</summary>
    public const int Width = 400;

    private const int Before = 80;
    private const int MostWords = 4000;
    private const int MostRemarks = 5;

    /// <summary>The line stored, the line now, and a line of marks under what is new, with remarks on numbers and on what cannot be seen.</summary>
    public static IEnumerable<string> Show(string stored, string now)
    {
        // Of a very long line the reader gets the part around the first difference.
        var same = stored.AsSpan().CommonPrefixLength(now);
        var start = Math.Max(stored.Length, now.Length) > Width ? Math.Max(0, same - Before) : 0;
        var (old, fresh) = (Part(stored, start), Part(now, start));
        yield return "- " + Visible(old);
        yield return "+ " + Visible(fresh);

        var changes = Changes(old, fresh);
        // When nothing of the line stayed, marks under all of it say nothing.
        if (changes is null) yield break;
        var marks = Marks(changes);
        var remarks = string.Join("; ", changes.DiffBlocks.Select(block => Remark(changes, block)).OfType<string>().Distinct().Take(MostRemarks));
        if (marks.Length + remarks.Length > 0) yield return "? " + (marks.Length > 0 && remarks.Length > 0 ? $"{marks}  {remarks}" : marks + remarks);
    }

    /// <summary>The line with characters that cannot be seen, or that a terminal would obey, made visible.</summary>
    public static string Visible(string line)
    {
        if (!line.AsSpan().ContainsAnyInRange('\0', '\x1f') && !line.AsSpan().ContainsAnyInRange('\x7f', '\x9f')) return line;
        var visible = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            // Unicode has a picture for each control character of ASCII.
            visible.Append(c switch
            {
                '\t' => '\t',
                < ' ' => (char)('\u2400' + c),
                '\x7f' => '\u2421',
                > '\x7f' and < '\xa0' => '\ufffd',
                _ => c,
            });
        }
        return visible.ToString();
    }

    private static string Part(string line, int start)
    {
        var part = line[Math.Min(start, line.Length)..];
        return (start > 0 ? "…" : "") + (part.Length > Width ? part[..Width] + "…" : part);
    }

    private static DiffResult? Changes(string old, string fresh)
    {
        var changes = new Differ().CreateDiffs(old, fresh, ignoreWhiteSpace: false, ignoreCase: false, new CustomFunctionChunker(Words));
        var gone = changes.DiffBlocks.SelectMany(block => Enumerable.Range(block.DeleteStartA, block.DeleteCountA)).ToHashSet();
        var kept = changes.PiecesOld.Where((word, i) => !gone.Contains(i)).Any(word => !string.IsNullOrWhiteSpace(word));
        return kept || changes.PiecesOld.Count <= 1 ? changes : null;
    }

    private static string[] Words(string line) => [.. Word().Matches(line).Take(MostWords).Select(match => match.Value)];

    private static string Marks(DiffResult changes)
    {
        var marks = new StringBuilder();
        for (var i = 0; i < changes.PiecesNew.Count; i++)
        {
            var changed = changes.DiffBlocks.Any(block => i >= block.InsertStartB && i < block.InsertStartB + block.InsertCountB);
            foreach (var c in changes.PiecesNew[i]) marks.Append(changed ? '^' : c == '\t' ? '\t' : ' ');
        }
        return marks.ToString().TrimEnd();
    }

    private static string? Remark(DiffResult changes, DiffBlock block)
    {
        var old = string.Concat(changes.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA));
        var fresh = string.Concat(changes.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB));
        if (NumberText.TryRead(old) is { } before && NumberText.TryRead(fresh) is { } after) return $"{old} → {fresh} ({NumberText.Change(before, after)})";
        if (LookAlikes.Alike(old, fresh)) return LookAlikes.Describe(old, fresh);
        if (string.IsNullOrWhiteSpace(old + fresh)) return $"blanks: {Blanks(old)} → {Blanks(fresh)}";
        return fresh.Length == 0 ? $"without \"{Visible(old)}\"" : null;
    }

    private static string Blanks(string text) => text.Length == 0 ? "none" : string.Join(' ', text.GroupBy(c => c).Select(group => $"{group.Count()} × U+{(int)group.Key:X4}"));

    [GeneratedRegex(@"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)|\w+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
