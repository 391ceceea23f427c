using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CSharpKernel.Display.Foreign;

namespace CSharpKernel.Display;

/// <summary>Writes values as JSON.</summary>
internal static class JsonText
{
    /// <summary>The options a notebook starts with; it may change its own.</summary>
    public static JsonSerializerOptions CreateOptions() => new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON of a value.</summary>
    public static string Write(object? value, JsonSerializerOptions options) =>
        value is not null && ForeignJson.TryWrite(value) is { } json ? json : JsonSerializer.Serialize(value, options);
}
