namespace MLflowSharp.Search;

/// <summary>
/// Splits MLflow's search texts (https://mlflow.org/docs/latest/ml/search/search-runs/) into tokens. A word is an identifier
/// with its dots and its quoted parts, such as <c>metrics.`val acc/top-1`</c>.
/// </summary>
internal sealed class SearchLexer(string text)
{
    private int _position;

    public static List<SearchToken> Tokenize(string text) => new SearchLexer(text).ReadAll();

    private List<SearchToken> ReadAll()
    {
        var tokens = new List<SearchToken>();
        while (SkipSpace())
            tokens.Add(Read());
        return tokens;
    }

    private bool SkipSpace()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        return _position < text.Length;
    }

    private SearchToken Read()
    {
        var start = _position;
        var c = text[_position];
        if ("=<>!".Contains(c, StringComparison.Ordinal))
        {
            while (_position < text.Length && "=<>!".Contains(text[_position], StringComparison.Ordinal))
                _position++;
            return new(TokenKind.Comparator, text[start.._position]);
        }

        if (c == '(')
            return ReadList();
        if (c == '-' && Peek(1) == '-')
        {
            _position = text.Length;
            return new(TokenKind.Other, text[start..]);
        }

        if (char.IsAsciiDigit(c) || (c is '-' or '.' && (char.IsAsciiDigit(Peek(1)) || Peek(1) == '.')))
            return ReadNumber();
        if (c is '\'' or '"' && ReadQuoted() && Peek(0) != '.')
            return new(TokenKind.Quoted, text[start.._position]);
        if (_position > start || c == '`' || IsWordCharacter(c))
            return ReadWord(start);
        _position++;
        return new(TokenKind.Other, text[start.._position]);
    }

    private char Peek(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    private SearchToken ReadWord(int start)
    {
        while (_position < text.Length)
        {
            var c = text[_position];
            var afterDot = _position > start && text[_position - 1] == '.';
            if (c == '`' || (c is '\'' or '"' && afterDot))
            {
                if (!ReadQuoted())
                    break;
            }
            else if (IsWordCharacter(c) || c == '.')
            {
                _position++;
            }
            else
            {
                break;
            }
        }

        if (_position == start)
            _position++;
        return new(TokenKind.Word, text[start.._position]);
    }

    private SearchToken ReadNumber()
    {
        var start = _position++;
        while (_position < text.Length
            && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '.'
                || (text[_position] is '-' or '+' && text[_position - 1] is 'e' or 'E')))
        {
            _position++;
        }

        return new(TokenKind.Number, text[start.._position]);
    }

    /// <summary>
    /// Moves behind the closing quote; stays where it is when there is none. A doubled quote, and in texts one behind a backslash, is
    /// inside the text, unless the text would then have no end.
    /// </summary>
    private bool ReadQuoted()
    {
        var quote = text[_position];
        var lastResort = -1;
        for (var i = _position + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote != '`' && i + 1 < text.Length && text[i + 1] == quote)
            {
                lastResort = ++i;
            }
            else if (text[i] == quote)
            {
                if (i + 1 == text.Length || text[i + 1] != quote)
                {
                    _position = i + 1;
                    return true;
                }

                lastResort = i++;
            }
        }

        if (lastResort < 0)
            return false;
        _position = lastResort + 1;
        return true;
    }

    private SearchToken ReadList()
    {
        var start = _position++;
        for (var depth = 1; _position < text.Length && depth > 0;)
        {
            if (text[_position] is '\'' or '"' or '`' && ReadQuoted())
                continue;
            depth += text[_position] switch { '(' => 1, ')' => -1, _ => 0 };
            _position++;
        }

        return new(TokenKind.List, text[start.._position]);
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';
}
