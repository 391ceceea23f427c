using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>
/// Reads a <c>meta.yaml</c>. The flat files that MLflow writes are read line by line, which is many times faster than a parser of all
/// of YAML; whatever else a file holds is left to one.
/// </summary>
internal static class YamlReader
{
    /// <summary>The file's map; null when the file is empty, as it is for a moment while Python rewrites it.</summary>
    /// <exception cref="YamlException">The text is not a YAML map.</exception>
    public static YamlMap? Read(string text)
    {
        if (text.AsSpan().Trim().IsEmpty)
            return null;
        return ReadFlat(text) ?? ReadAny(text);
    }

    private static YamlMap? ReadFlat(string text)
    {
        var map = new YamlMap();
        YamlMap? inner = null;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var line = NextLine(ref rest);
            var isInner = inner is not null && line.StartsWith("  ");
            if (!isInner && inner is { Count: 0 })
                return null;
            if (isInner)
                line = line[2..];
            else
                inner = null;
            var colon = KeyLength(line);
            if (colon < 1)
                return null;
            var key = line[..colon].ToString();
            var value = line[(colon + 1)..];
            if (value.IsEmpty && !isInner)
            {
                map[key] = inner = new YamlMap();
                continue;
            }

            // A line that is indented where nothing can be below goes on with the value: folded text.
            if (value.Length < 2 || value[0] != ' ' || rest.StartsWith(isInner ? "   " : " ") || !TryValue(value[1..], out var parsed))
                return null;
            (isInner ? inner! : map)[key] = parsed;
        }

        return inner is { Count: 0 } ? null : map;
    }

    private static ReadOnlySpan<char> NextLine(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line is [.. var start, '\r'] ? start : line;
    }

    private static int KeyLength(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && (char.IsAsciiLetterOrDigit(line[length]) || line[length] is '_' or '.' or '-' && length > 0))
            length++;
        return length < line.Length && line[length] == ':' && char.IsAsciiLetter(line[0]) && YamlTypes.IsText(line[..length].ToString()) ? length : -1;
    }

    private static bool TryValue(ReadOnlySpan<char> value, out object? parsed)
    {
        parsed = null;
        switch (value)
        {
            case "{}":
                parsed = new YamlMap();
                return true;
            case "[]":
                parsed = new List<object?>();
                return true;
            case ['\'', .. var quoted, '\'']:
                var text = quoted.ToString();
                parsed = text.Replace("''", "'", StringComparison.Ordinal);
                // Each quote inside is doubled, or the text ends earlier than the line.
                return !text.Replace("''", "", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal);
        }

        if ("\"'[]{}&*!|>%@`#?,: ".Contains(value[0], StringComparison.Ordinal) || value[^1] is ' ' or ':' || value.ContainsAny("\t\r\u0085\u2028\u2029")
            || value.Contains(": ", StringComparison.Ordinal) || value.Contains(" #", StringComparison.Ordinal) || (value[0] == '-' && (value.Length == 1 || value[1] == ' ')))
        {
            return false;
        }

        parsed = YamlTypes.Resolve(value.ToString());
        return true;
    }

    private static YamlMap ReadAny(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return ReadNode(parser) as YamlMap ?? throw new YamlException("It holds no map.");
    }

    private static object? ReadNode(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new YamlMap();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                map[key] = ReadNode(parser);
            }

            return map;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new List<object?>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(ReadNode(parser));
            return list;
        }

        var scalar = parser.Consume<Scalar>();
        return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? YamlTypes.Resolve(scalar.Value) : scalar.Value;
    }
}
