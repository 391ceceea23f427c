using System.Text;

namespace MLflowSharp.Stores.Files.Yaml;

internal enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
}

/// <summary>Decides how a text is quoted, by the rules of LibYAML (https://pyyaml.org/wiki/LibYAML), which PyYAML writes with.</summary>
internal static class YamlScalar
{
    private const int MaxSimpleKeyLength = 128;

    /// <summary>The style of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isSimpleKey">Whether it is a key that stands on one line with its value.</param>
    public static YamlStyle StyleOf(string text, bool isSimpleKey)
    {
        if (text.Length == 0 || !YamlTypes.IsText(text))
            return Analyze(text) is { SingleQuoted: false } ? YamlStyle.DoubleQuoted : YamlStyle.SingleQuoted;
        var allowed = Analyze(text);
        if (isSimpleKey && allowed.Multiline)
            return YamlStyle.DoubleQuoted;
        return allowed.Plain ? YamlStyle.Plain : allowed.SingleQuoted ? YamlStyle.SingleQuoted : YamlStyle.DoubleQuoted;
    }

    public static bool IsSimpleKey(string key) => Encoding.UTF8.GetByteCount(key) <= MaxSimpleKeyLength && !key.AsSpan().ContainsAny("\n\u2028\u2029\r\u0085");

    /// <summary>What LibYAML writes as it is. Characters beyond the basic plane are not among it.</summary>
    public static bool IsPrintable(int rune) =>
        rune is '\n' or (>= 0x20 and <= 0x7E) or (>= 0xA0 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD and not 0xFEFF);

    public static bool IsBreak(int rune) => rune is '\r' or '\n' or 0x85 or 0x2028 or 0x2029;

    private static (bool Plain, bool SingleQuoted, bool Multiline) Analyze(string text)
    {
        var indicators = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        var (multiline, special, spaceBeforeBreak, spaceAfterBreak) = (false, false, false, false);
        var (afterSpace, afterBreak, afterBlank) = (false, false, true);
        for (var at = 0; at < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, at);
            var next = at + rune.Utf16SequenceLength;
            var beforeBlank = next == text.Length || text[next] is ' ' or '\t' || IsBreak(text[next]);
            indicators |= at == 0
                ? "#,[]{}&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal) || (text[0] is '?' or ':' or '-' && beforeBlank)
                : (text[at] == ':' && beforeBlank) || (text[at] == '#' && afterBlank);
            special |= !IsPrintable(rune.Value);
            var (isSpace, isBreak) = (rune.Value == ' ', IsBreak(rune.Value));
            multiline |= isBreak;
            spaceAfterBreak |= isSpace && afterBreak;
            spaceBeforeBreak |= isBreak && afterSpace;
            (afterSpace, afterBreak, afterBlank) = (isSpace, isBreak, isSpace || isBreak || rune.Value == '\t');
            at = next;
        }

        var plain = !indicators && !multiline && !special && !text.StartsWith(' ') && !text.EndsWith(' ');
        return (plain, !special && !spaceBeforeBreak && !spaceAfterBreak, multiline);
    }
}
