namespace CSharpKernel.Magics;

/// <summary>One word, quoted text or JSON value of a magic's line.</summary>
/// <param name="Text">The text, without the quotes.</param>
/// <param name="IsQuoted">Whether it stood in quotes: then it is text, whatever it looks like.</param>
internal sealed record MagicToken(string Text, bool IsQuoted)
{
    /// <summary>Splits a line. Quotes and the brackets of JSON hold what belongs together, also behind a colon as in <c>@input:"Your name"</c>.</summary>
    /// <exception cref="MagicException">A quote or a bracket is not closed.</exception>
    public static IEnumerable<MagicToken> Split(string line)
    {
        var at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            if (at == line.Length)
                yield break;
            var start = at;
            var isQuoted = line[at] is '"' or '\'';
            while (at < line.Length && !char.IsWhiteSpace(line[at]))
            {
                at = line[at] switch
                {
                    '"' => EndOfQuote(line, at),
                    '\'' when at == start => EndOfQuote(line, at),
                    '{' or '[' => EndOfJson(line, at),
                    _ => at + 1,
                };
                if (isQuoted)
                    break;
            }

            yield return isQuoted ? new MagicToken(Unescape(line[(start + 1)..(at - 1)], line[start]), true) : new MagicToken(line[start..at], false);
        }
    }

    private static int EndOfQuote(string line, int start)
    {
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] == line[start])
                at++;
            else if (line[at] == line[start])
                return at + 1;
        }

        throw new MagicException($"A quote is not closed: {line[start..]}");
    }

    private static int EndOfJson(string line, int start)
    {
        var depth = 0;
        for (var at = start; at < line.Length; at++)
        {
            if (line[at] == '"')
                at = EndOfQuote(line, at) - 1;
            else if (line[at] is '{' or '[')
                depth++;
            else if (line[at] is '}' or ']' && --depth == 0)
                return at + 1;
        }

        throw new MagicException($"A bracket is not closed: {line[start..]}");
    }

    private static string Unescape(string text, char quote) => text.Replace($"\\{quote}", quote.ToString(), StringComparison.Ordinal);
}
