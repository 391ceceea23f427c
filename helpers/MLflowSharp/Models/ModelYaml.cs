using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Stores.Files.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MLflowSharp;

/// <summary>Writes JSON values as block YAML that PyYAML reads back as the same values, and reads what PyYAML writes.</summary>
public static class ModelYaml
{
    /// <summary>Reads a map.</summary>
    /// <param name="yaml">The text.</param>
    /// <exception cref="YamlException">The text is not a YAML map.</exception>
    internal static JsonObject Read(string yaml) => (JsonObject?)ToNode(YamlReader.Read(yaml)) ?? throw new YamlException("It is empty.");

    /// <summary>Writes a map. Text is quoted wherever YAML 1.1, which PyYAML reads, could take it for a number, a date or a truth value.</summary>
    /// <param name="map">The map to write, in its own order.</param>
    public static string Write(JsonObject map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithMaxSimpleKeyLength(128));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        WriteNode(emitter, map);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        YamlMap map => new JsonObject(map.Select(item => KeyValuePair.Create(item.Key, ToNode(item.Value)))),
        List<object?> list => new JsonArray([.. list.Select(ToNode)]),
        long number => number,
        YamlPlain plain => ToNode(plain.Text),
        _ => value.ToString(),
    };

    /// <summary>What stands without quotes and is no whole number: a truth value, another number, or what JSON has no word for.</summary>
    private static JsonNode ToNode(string plain) => plain.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : plain,
    };

    private static void WriteNode(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    WriteText(emitter, key);
                    WriteNode(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list)
                    WriteNode(emitter, item);

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(emitter, value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, node?.ToJsonString() ?? "null", ScalarStyle.Plain, true, false));
                break;
        }
    }

    private static void WriteText(Emitter emitter, string text)
    {
        var style = IsPlainWord(text) ? ScalarStyle.Plain : ScalarStyle.SingleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    /// <summary>Whether text starts with a letter, goes on with nothing that YAML gives a meaning, and is none of YAML 1.1's words.</summary>
    private static bool IsPlainWord(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "_-./=<>".Contains(character, StringComparison.Ordinal))
        && text.ToUpperInvariant() is not ("Y" or "N" or "YES" or "NO" or "ON" or "OFF" or "TRUE" or "FALSE" or "NULL");
}
