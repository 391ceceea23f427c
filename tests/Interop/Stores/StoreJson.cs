using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Interop.Stores;

/// <summary>Stores as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoreContents))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    public static StoreContents Read(JsonNode json) => json.Deserialize(Default.StoreContents)!;

    public static string Write(StoreContents contents) => JsonSerializer.Serialize(contents, new StoreJson(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).StoreContents);

    /// <summary>A number as Python's <c>repr</c> writes it.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        var exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text[..exponentAt]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
