namespace CSharpKernel.Completion;

/// <summary>Picks the ways to complete a word that begin like it, and puts them into a helpful order.</summary>
internal static class MatchFilter
{
    private const int Limit = 400;

    /// <summary>The matches that begin with the word; where none does, those whose capitals or later words do.</summary>
    /// <param name="matches">All that fits the place; what is expected there comes first.</param>
    /// <param name="word">What is written already.</param>
    public static IReadOnlyList<CompletionMatch> Pick(IEnumerable<CompletionMatch> matches, string word)
    {
        var all = matches.DistinctBy(match => match.Text).ToList();
        var found = all.FindAll(match => match.Word.StartsWith(word, StringComparison.OrdinalIgnoreCase) || AfterDot(match.Word).StartsWith(word, StringComparison.OrdinalIgnoreCase));
        if (found.Count == 0)
            found = all.FindAll(match => HasHumps(match.Word, word));
        return [.. found
            .OrderBy(match => match.IsExpected ? 0 : 1)
            .ThenBy(match => word.Length > 0 && match.Word.StartsWith(word, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(match => match.Text, StringComparer.OrdinalIgnoreCase)
            .Take(Limit)
            .Select(match => match.Described())];
    }

    private static string AfterDot(string text) => text[(text.LastIndexOf('.') + 1)..];

    // "tgv" is TryGetValue, and "wl" WriteLine.
    private static bool HasHumps(string text, string word)
    {
        var at = 0;
        for (var index = 0; index < text.Length && at < word.Length; index++)
            if ((index == 0 || char.IsUpper(text[index]) || text[index - 1] == '_') && char.ToUpperInvariant(text[index]) == char.ToUpperInvariant(word[at]))
                at++;
        return at == word.Length;
    }
}
