using System.Globalization;
using System.Text;

namespace MLflowSharp.Search;

/// <summary>Reads a list of a filter as Python reads a tuple: <c>('a', "b")</c>. Texts side by side are one text; escapes are resolved.</summary>
internal static class PythonTuple
{
    /// <summary>The items, or null when it is not a tuple of texts and numbers. A number's text is what Python's <c>str</c> gives for whole numbers.</summary>
    public static List<(string Text, bool Quoted)>? Read(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[^1] != ')')
            return null;
        var items = new List<(string, bool)>();
        var position = 1;
        var end = text.Length - 1;
        while (true)
        {
            SkipSpace();
            if (position == end)
                return items;
            if (ReadItem() is not { } item)
                return null;
            items.Add(item);
            SkipSpace();
            if (position == end)
                return items;
            if (text[position++] != ',')
                return null;
        }

        void SkipSpace()
        {
            while (position < end && char.IsWhiteSpace(text[position]))
                position++;
        }

        (string, bool)? ReadItem()
        {
            if (text[position] is not ('\'' or '"'))
            {
                var start = position;
                while (position < end && (char.IsAsciiDigit(text[position]) || text[position] is '.' or '-' or 'e' or 'E'))
                    position++;
                return double.TryParse(text[start..position], NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? (text[start..position], false) : null;
            }

            var joined = new StringBuilder();
            while (position < end && text[position] is '\'' or '"')
            {
                if (!ReadText(text, ref position, end, joined))
                    return null;
                SkipSpace();
            }

            return (joined.ToString(), true);
        }
    }

    private static bool ReadText(string text, ref int position, int end, StringBuilder joined)
    {
        var quote = text[position++];
        while (position < end)
        {
            var c = text[position++];
            if (c == quote)
                return true;
            // A text of Python ends with its line.
            if (c is '\n' or '\r')
                return false;
            if (c == '\\' && position < end)
                Unescape(text[position++], joined);
            else
                joined.Append(c);
        }

        return false;
    }

    private static void Unescape(char c, StringBuilder joined) => _ = c switch
    {
        '\\' or '\'' or '"' => joined.Append(c),
        'n' => joined.Append('\n'),
        't' => joined.Append('\t'),
        'r' => joined.Append('\r'),
        _ => joined.Append('\\').Append(c),
    };
}
