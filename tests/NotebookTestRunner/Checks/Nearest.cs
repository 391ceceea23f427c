using JupyterProtocol;

namespace NotebookTestRunner.Checks;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    private const int Longest = 200;

    /// <summary>The name with the fewest letters to change, upper and lower case alike; null when there are none.</summary>
    public static string? To(string name, IEnumerable<string> known) => InOrder(name, known).FirstOrDefault();

    /// <summary>The names, the nearest first; nothing is nearer than what was only shortened.</summary>
    public static IEnumerable<string> InOrder(string name, IEnumerable<string> known) =>
        known.OrderBy(other => name.Length > 1 && other.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(other => Distance(name, other)).ThenBy(other => other, StringComparer.Ordinal);

    /// <summary>What there is, the nearest first, as the end of a sentence: "there are a, b"; "there is none".</summary>
    /// <param name="name">What was looked for.</param>
    /// <param name="known">What there is.</param>
    /// <param name="most">How many are named.</param>
    public static string ThereAre(string name, IEnumerable<string> known, int most = 5)
    {
        var all = InOrder(name, known.Distinct(StringComparer.Ordinal)).ToList();
        return all.Count switch
        {
            0 => "there is none",
            1 => $"there is {all[0]}",
            _ when all.Count > most => $"there are {string.Join(", ", all.Take(most))} and {all.Count - most} more",
            _ => $"there are {string.Join(", ", all)}",
        };
    }

    private static int Distance(string from, string to) => NearestName.Distance(Head(from), Head(to));

    private static string Head(string name) => (name.Length > Longest ? name[..Longest] : name).ToUpperInvariant();
}
