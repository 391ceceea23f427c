namespace MLflowSharp.Registry;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearestNames
{
    /// <summary>The names with the fewest letters to change, upper and lower case alike, the nearest first.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What there is.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> known, int count) =>
        [.. known.OrderBy(other => Distance(Head(name), Head(other))).ThenBy(other => other, StringComparer.Ordinal).Take(count)];

    // No name that is meant is longer than MLflow's column.
    private static string Head(string name) => name.Length <= 256 ? name : name[..256];

    /// <summary>Levenshtein's distance (https://en.wikipedia.org/wiki/Levenshtein_distance).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
