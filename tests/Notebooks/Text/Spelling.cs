namespace Notebooks.Text;

/// <summary>British English as Debian's package <c>wbritish</c> has it, and the words that it does not have and the lessons use, <c>words.txt</c>.</summary>
internal sealed class Spelling
{
    private const string WordList = "/usr/share/dict/british-english";
    private readonly HashSet<string> _words;

    private Spelling(HashSet<string> words) => _words = words;

    /// <summary>Both lists; null on a machine without the package.</summary>
    public static Spelling? Load() => File.Exists(WordList) ? new([.. File.ReadLines(WordList), .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Text", "words.txt"))]) : null;

    /// <summary>Whether a word is spelt as one of the lists has it; at the beginning of a sentence, or in capitals, too.</summary>
    public bool Knows(string word)
    {
        var plain = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        return plain.Length == 1 || _words.Contains(plain) || _words.Contains(plain.ToLowerInvariant()) || _words.Contains(word)
            || _words.Contains(char.ToLowerInvariant(plain[0]) + plain[1..]);
    }
}
