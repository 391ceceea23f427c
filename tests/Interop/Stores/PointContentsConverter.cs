using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interop.Stores;

/// <summary>Reads and writes <c>[value, timestamp, step]</c>.</summary>
internal sealed class PointContentsConverter : JsonConverter<PointContents>
{
    public override PointContents Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var value = reader.GetString()!;
        reader.Read();
        var timestamp = reader.GetInt64();
        reader.Read();
        var step = reader.GetInt64();
        reader.Read();
        return new(value, timestamp, step);
    }

    public override void Write(Utf8JsonWriter writer, PointContents value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"{value.Value} at {value.Timestamp}, step {value.Step}");
}
