using System.Buffers;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>Reads maps of texts, numbers, lists and maps in the block style of PyYAML. What it does not know it does not guess: it gives up.</summary>
internal sealed class YamlBlockReader(string text)
{
    private const int MaxDepth = 64;
    private const string Indicators = "\"'[]{}&*!|>%@`#,";
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\u0085\u2028\u2029");

    private int _at;
    private bool _gaveUp;

    /// <summary>The whole text as a map; null when it is anything but what PyYAML writes.</summary>
    public YamlMap? TryRead()
    {
        var map = ReadMap(0, 0);
        return _gaveUp || _at < text.Length ? null : map;
    }

    private YamlMap ReadMap(int indent, int depth)
    {
        var map = new YamlMap();
        _gaveUp |= depth > MaxDepth;
        while (!_gaveUp && _at < text.Length && IndentHere() == indent && !IsListItem(indent))
        {
            _at += indent;
            string? key;
            if (StartsWith("? "))
            {
                _at += 2;
                key = ReadScalar(indent) as string;
                _gaveUp |= IndentHere() != indent;
                _at += indent;
            }
            else
            {
                key = ReadKey();
            }

            if (_gaveUp || key is null || !StartsWith(":"))
            {
                _gaveUp = true;
                break;
            }

            _at++;
            map[key] = ReadValue(indent, depth);
        }

        return map;
    }

    private object? ReadValue(int indent, int depth)
    {
        if (!AtLineEnd())
        {
            while (StartsWith(" "))
                _at++;
            return ReadScalar(indent);
        }

        EndLine();
        if (_at < text.Length && IsListItem(indent))
            return ReadList(indent);
        if (_at < text.Length && IndentHere() is var inner && inner > indent)
            return ReadMap(inner, depth + 1);
        return null;
    }

    private List<object?> ReadList(int indent)
    {
        var list = new List<object?>();
        while (!_gaveUp && _at < text.Length && IsListItem(indent))
        {
            _at += indent + 2;
            list.Add(ReadScalar(indent));
        }

        return list;
    }

    private string? ReadKey()
    {
        if (StartsWith("'") || StartsWith("\""))
            return YamlQuoted.Read(text, ref _at);
        var line = text.AsSpan(_at);
        line = line.IndexOfAny(Breaks) is var end and >= 0 ? line[..end] : line;
        var colon = line.IndexOf(": ");
        if (colon < 0 && line is [.., ':'])
            colon = line.Length - 1;
        if (colon < 1 || Indicators.Contains(line[0], StringComparison.Ordinal) || line[..colon].Contains(" #", StringComparison.Ordinal) || line[..colon].Contains('\t') || line[0] is '?' or '-' or ' ' or ':')
            return null;
        var key = line[..colon].ToString();
        _at += colon;
        return YamlTypes.IsText(key) ? key : null;
    }

    /// <summary>A value and its line's end.</summary>
    private object? ReadScalar(int indent)
    {
        object? value = null;
        if (StartsWith("'") || StartsWith("\""))
            value = YamlQuoted.Read(text, ref _at) ?? GiveUp();
        else if (StartsWith("{}") || StartsWith("[]"))
            (value, _at) = (text[_at] == '{' ? new YamlMap() : new List<object?>(), _at + 2);
        else
            return ReadPlain(indent);
        if (!AtLineEnd())
            return GiveUp();
        EndLine();
        return value;
    }

    /// <summary>An unquoted value. Lines that are indented further go on with it: each end of a line stands for a space.</summary>
    private object? ReadPlain(int indent)
    {
        var value = ReadPlainLine();
        if (value is null || _at >= text.Length || IndentHere() <= indent)
            return value is null ? GiveUp() : YamlTypes.Resolve(value);
        while (!_gaveUp && _at < text.Length && IndentHere() > indent)
        {
            _at += IndentHere();
            value = ReadPlainLine(isFirst: false) is { } more ? $"{value} {more}" : null;
            _gaveUp |= value is null;
        }

        return value;
    }

    private string? ReadPlainLine(bool isFirst = true)
    {
        var line = text.AsSpan(_at);
        line = line.IndexOfAny(Breaks) is var end and >= 0 ? line[..end] : line;
        if (line.IsEmpty || line[^1] is ' ' or ':' || line.Contains('\t') || line.Contains(": ", StringComparison.Ordinal) || line.Contains(" #", StringComparison.Ordinal)
            || (isFirst && (Indicators.Contains(line[0], StringComparison.Ordinal) || line is ['-' or '?' or ':'] or ['-' or '?' or ':', ' ', ..] || line is "---" or "..."))
            || (!isFirst && line[0] == '#'))
        {
            return null;
        }

        _at += line.Length;
        EndLine();
        return line.ToString();
    }

    private int IndentHere()
    {
        var indent = 0;
        while (_at + indent < text.Length && text[_at + indent] == ' ')
            indent++;
        return indent;
    }

    private bool IsListItem(int indent) => IndentHere() == indent && string.CompareOrdinal(text, _at + indent, "- ", 0, 2) == 0;

    private bool StartsWith(string start) => string.CompareOrdinal(text, _at, start, 0, start.Length) == 0;

    private bool AtLineEnd() => _at >= text.Length || text[_at] is '\n' || StartsWith("\r\n");

    private void EndLine()
    {
        if (StartsWith("\r\n"))
            _at += 2;
        else if (StartsWith("\n"))
            _at++;
        else
            _gaveUp |= _at < text.Length;
    }

    private object? GiveUp()
    {
        _gaveUp = true;
        return null;
    }
}
