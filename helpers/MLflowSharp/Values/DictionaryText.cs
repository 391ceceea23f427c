using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Serialization;

namespace MLflowSharp.Values;

/// <summary>Dictionaries as the files <c>mlflow.log_dict</c> writes: YAML for .yaml and .yml, otherwise JSON with an indent of two.</summary>
internal static class DictionaryText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(object dictionary, string artifactFile)
    {
        var tree = ObjectTree.Of(dictionary);
        return Path.GetExtension(artifactFile).ToUpperInvariant() is ".YAML" or ".YML"
            ? Encoding.UTF8.GetBytes(new SerializerBuilder().WithQuotingNecessaryStrings().WithNewLine("\n").Build().Serialize(tree))
            : Json(tree);
    }

    private static byte[] Json(object? tree)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            Write(writer, tree);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? tree)
    {
        switch (tree)
        {
            case Dictionary<string, object?> members:
                writer.WriteStartObject();
                foreach (var (key, value) in members)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case List<object?> items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            // Python's json writes these bare, and only then does Python read them back as numbers.
            case double.NaN:
                writer.WriteRawValue("NaN", skipInputValidation: true);
                break;
            case double.PositiveInfinity:
                writer.WriteRawValue("Infinity", skipInputValidation: true);
                break;
            case double.NegativeInfinity:
                writer.WriteRawValue("-Infinity", skipInputValidation: true);
                break;
            case double number:
                writer.WriteRawValue(PythonText.Of(number));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
