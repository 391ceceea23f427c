using System.Globalization;

namespace CSharpKernel.Cells;

/// <summary>
/// Refuses code that is nested deeper than anybody writes, before the compiler sees it: there each level takes a piece of the thread's
/// stack, and when that is used up the process ends.
/// </summary>
internal static class NestingGuard
{
    /// <summary>The deepest nesting of brackets, type arguments, lambdas and pointers.</summary>
    public const int Limit = 256;

    /// <summary>Looks at code up to the next line that begins with <c>#!</c>.</summary>
    /// <exception cref="NestingException">It is nested too deeply.</exception>
    public static void Check(ReadOnlySpan<char> code)
    {
        // What is open: its closing character, and how deep its surroundings are.
        var open = new Stack<(char Closer, int Depth)>();
        var (depth, line, stars) = (0, 1, 0);
        for (var i = 0; i < code.Length; i++)
        {
            var letter = code[i];
            stars = letter == '*' ? stars + 1 : char.IsWhiteSpace(letter) ? stars : 0;
            switch (letter)
            {
                case '\n':
                    line++;
                    if (code[(i + 1)..].StartsWith("#!", StringComparison.Ordinal))
                        return;
                    break;
                case '/' when Next(code, i) == '/':
                    i = EndOf(code, i, "\n") - 1;
                    break;
                case '/' when Next(code, i) == '*':
                    var end = EndOf(code, i + 2, "*/") + 1;
                    line += code[i..Math.Min(end, code.Length)].Count('\n');
                    i = end;
                    break;
                case '"' or '\'':
                    var close = EndOfText(code, i, ref depth);
                    line += code[i..Math.Min(close, code.Length)].Count('\n');
                    i = close;
                    break;
                case '(' or '[' or '{':
                    open.Push((letter, depth));
                    depth++;
                    break;
                case ')' or ']' or '}':
                    if (open.TryPop(out var opened))
                        depth = opened.Depth;
                    break;
                case ';':
                    depth = Outer(open);
                    break;
                case '<' when Next(code, i) is not ('<' or '=') && !char.IsAsciiDigit(Next(code, i)):
                case '=' when Next(code, i) == '>':
                    depth++;
                    break;
                case '>' when i > 0 && code[i - 1] is not ('=' or '-') && depth > Outer(open):
                    depth--;
                    break;
                case '&' or '|' or '+' or '%' or '^':
                    // No type argument goes on here: it was a comparison.
                    depth = Outer(open);
                    break;
            }

            if (depth > Limit || stars > Limit)
                throw new NestingException(string.Create(CultureInfo.InvariantCulture, $"Line {line} is nested deeper than {Limit} levels of brackets or lambdas, more than the compiler can take. Split it into several statements."));
        }
    }

    private static int Outer(Stack<(char Closer, int Depth)> open) => open.TryPeek(out var opened) ? opened.Depth + 1 : 0;

    private static char Next(ReadOnlySpan<char> code, int i) => i + 1 < code.Length ? code[i + 1] : '\0';

    private static int EndOf(ReadOnlySpan<char> code, int start, string mark)
    {
        var rest = start < code.Length ? code[start..].IndexOf(mark, StringComparison.Ordinal) : -1;
        return rest < 0 ? code.Length : start + rest;
    }

    /// <summary>The last character of the text that begins with a quote.</summary>
    private static int EndOfText(ReadOnlySpan<char> code, int start, ref int depth)
    {
        var quote = code[start];
        var quotes = quote == '"' ? code[start..].IndexOfAnyExcept('"') is var count && count < 0 ? code.Length - start : count : 1;
        if (quotes == 2)
            return start + 1;
        if (quotes >= 3)
            return Math.Min(code.Length, EndOf(code, start + quotes, new string('"', quotes)) + quotes - 1);
        var prefix = start;
        while (prefix > 0 && code[prefix - 1] is '@' or '$')
            prefix--;
        var isVerbatim = code[prefix..start].Contains('@');
        // Code stands in the holes of an interpolated text, and more such texts in them: those that nest open one quote after the other.
        if (code[prefix..start].Contains('$') && Next(code, start) == '{')
        {
            depth++;
            return start;
        }

        for (var i = start + 1; i < code.Length; i++)
        {
            if (code[i] == '\\' && !isVerbatim)
                i++;
            else if (code[i] == quote || (code[i] == '\n' && !isVerbatim))
                return code[i] == '\n' ? i - 1 : i;
        }

        return code.Length;
    }
}
