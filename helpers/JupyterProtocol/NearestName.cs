namespace JupyterProtocol;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest letters to change, by Levenshtein's distance; null when there are no names.</summary>
    public static string? Find(string written, IEnumerable<string> names) =>
        names.MinBy(name => Distance(written.ToUpperInvariant(), name.ToUpperInvariant()));

    /// <summary>The nearest name when it is so near that a slip of the fingers explains it: one letter in three.</summary>
    public static string? FindSlip(string written, IEnumerable<string> names) =>
        Find(written, names) is { } nearest && 3 * Distance(written.ToUpperInvariant(), nearest.ToUpperInvariant()) <= Math.Max(written.Length, nearest.Length)
            ? nearest
            : null;

    /// <summary>Levenshtein's distance (https://en.wikipedia.org/wiki/Levenshtein_distance).</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
