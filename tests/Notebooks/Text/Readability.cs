using System.Text.RegularExpressions;

namespace Notebooks.Text;

/// <summary>
/// How easy English is to read: Flesch's reading ease (R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948). From 60 to 70 is
/// plain English, from 70 to 80 fairly easy, from 80 to 90 easy; scientific papers are below 30.
/// </summary>
internal static partial class Readability
{
    /// <summary>206.835 − 1.015 × words for each sentence − 84.6 × syllables for each word.</summary>
    /// <param name="sentences">The sentences, each as its words; at least one.</param>
    public static double FleschReadingEase(IReadOnlyCollection<IReadOnlyList<string>> sentences)
    {
        double words = sentences.Sum(sentence => sentence.Count);
        return 206.835 - (1.015 * words / sentences.Count) - (84.6 * sentences.Sum(sentence => sentence.Sum(Syllables)) / words);
    }

    /// <summary>
    /// How many syllables a word has, about: groups of vowels, but not a silent <c>e</c> at its end (<c>rate</c>, <c>rated</c>, <c>rates</c>). No
    /// dictionary is asked; over a whole text the misses cancel out.
    /// </summary>
    public static int Syllables(string word)
    {
        var letters = word.ToLowerInvariant();
        return letters.Length <= 3 ? 1 : Math.Max(1, Vowels().Count(SilentEnd().Replace(letters, "")));
    }

    [GeneratedRegex("(?<=[^laeiouy])es?$|(?<=[^taeiouyd])ed$")]
    private static partial Regex SilentEnd();

    [GeneratedRegex("[aeiouyäöü]+")]
    private static partial Regex Vowels();
}
