using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>
/// Reads a <c>meta.yaml</c>. The block style that PyYAML writes is read by <see cref="YamlBlockReader"/>, which is many times faster than a
/// parser of all of YAML and follows version 1.1 as PyYAML does; whatever else a file holds is left to such a parser.
/// </summary>
internal static class YamlReader
{
    private const int MaxDepth = 64;

    /// <summary>The file's map; null when the file is empty, as it is for a moment while Python rewrites it.</summary>
    /// <exception cref="YamlException">The text is not a YAML map.</exception>
    public static YamlMap? Read(string text)
    {
        if (text.AsSpan().Trim().IsEmpty)
            return null;
        return new YamlBlockReader(text).TryRead() ?? ReadAny(text);
    }

    private static YamlMap ReadAny(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return ReadNode(parser) as YamlMap ?? throw new YamlException("It holds no map.");
    }

    private static object? ReadNode(Parser parser, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new YamlException(FormattableString.Invariant($"It is nested more than {MaxDepth} deep."));
        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new YamlMap();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                map[key] = ReadNode(parser, depth + 1);
            }

            return map;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new List<object?>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(ReadNode(parser, depth + 1));
            return list;
        }

        var scalar = parser.Consume<Scalar>();
        return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? YamlTypes.Resolve(scalar.Value) : scalar.Value;
    }
}
