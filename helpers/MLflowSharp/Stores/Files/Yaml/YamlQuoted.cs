using System.Globalization;
using System.Text;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>Quoted texts of YAML 1.1 (https://yaml.org/spec/1.1/#id904245), where the separators of Unicode end lines too.</summary>
internal static class YamlQuoted
{
    /// <summary>Reads from the quote at a position, and moves behind the closing one.</summary>
    /// <returns>The text; null when it does not end or has an escape that YAML does not know.</returns>
    public static string? Read(string text, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length)
        {
            var letter = text[at];
            if (letter == quote && quote == '\'' && at + 1 < text.Length && text[at + 1] == '\'')
            {
                value.Append('\'');
                at += 2;
            }
            else if (letter == quote)
            {
                at++;
                return value.ToString();
            }
            else if (letter == '\\' && quote == '"')
            {
                if (++at < text.Length && YamlScalar.IsBreak(text[at]))
                    Fold(text, ref at, value, isEscaped: true);
                else if (!TryEscape(text, ref at, value))
                    return null;
            }
            else if (letter is ' ' or '\t' || YamlScalar.IsBreak(letter))
            {
                Fold(text, ref at, value, isEscaped: false);
            }
            else
            {
                value.Append(letter);
                at++;
            }
        }

        return null;
    }

    /// <summary>Blanks inside a line stay. An end of a line is a space with the blanks around it gone, several are one less; an escaped one is nothing.</summary>
    private static void Fold(string text, ref int at, StringBuilder value, bool isEscaped)
    {
        var blanks = new StringBuilder();
        string? first = isEscaped ? "" : null;
        var others = new StringBuilder();
        if (isEscaped)
            ReadBreak(text, ref at);
        while (at < text.Length && (text[at] is ' ' or '\t' || YamlScalar.IsBreak(text[at])))
        {
            if (YamlScalar.IsBreak(text[at]))
            {
                if (first is null)
                    first = ReadBreak(text, ref at);
                else
                    others.Append(ReadBreak(text, ref at));
            }
            else
            {
                if (first is null)
                    blanks.Append(text[at]);
                at++;
            }
        }

        if (first is null)
            value.Append(blanks);
        else if (first == "\n")
            value.Append(others.Length == 0 ? " " : others.ToString());
        else
            value.Append(first).Append(others);
    }

    private static string ReadBreak(string text, ref int at)
    {
        var letter = text[at++];
        if (letter == '\r' && at < text.Length && text[at] == '\n')
            at++;
        return letter is '\u2028' or '\u2029' ? letter.ToString() : "\n";
    }

    private static bool TryEscape(string text, ref int at, StringBuilder value)
    {
        if (at >= text.Length)
            return false;
        var letter = text[at++];
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (at + digits > text.Length || !uint.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rune))
                return false;
            at += digits;
            value.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : "\ufffd");
            return true;
        }

        char? meant = letter switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\u001b',
            ' ' or '"' or '/' or '\\' => letter,
            'N' => '\u0085',
            '_' => '\u00a0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => null,
        };
        if (meant is { } known)
            value.Append(known);
        return meant is not null;
    }
}
