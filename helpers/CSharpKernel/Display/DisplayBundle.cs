using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display;

/// <summary>
/// One thing to show in several forms, of which a front end takes the richest it knows
/// (Jupyter messaging, "display_data": a dictionary whose keys are MIME types).
/// </summary>
/// <param name="data">The forms by MIME type; values are text, bytes, or JSON.</param>
internal sealed class DisplayBundle(IReadOnlyDictionary<string, object> data)
{
    /// <summary>The forms by MIME type.</summary>
    public IReadOnlyDictionary<string, object> Data { get; } = data;

    /// <summary>A bundle of one text.</summary>
    public static DisplayBundle Of(string mimeType, string text) =>
        new(new Dictionary<string, object> { [mimeType] = text });


    /// <summary>A bundle of HTML with its plain text.</summary>
    public static DisplayBundle OfHtml(string html, string plain) =>
        new(new Dictionary<string, object> { [MimeTypes.Html] = html, [MimeTypes.Plain] = plain });

    /// <summary>The bundle as it travels: bytes as base64, JSON as JSON.</summary>
    /// <exception cref="ArgumentException">A form is neither text nor bytes nor JSON.</exception>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (mimeType, content) in Data)
            json[mimeType] = content switch
            {
                string text => JsonValue.Create(text),
                byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
                JsonNode node => node.DeepClone(),
                JsonElement element => JsonNode.Parse(element.GetRawText()),
                JsonDocument document => JsonNode.Parse(document.RootElement.GetRawText()),
                _ => throw new ArgumentException($"A display bundle's {mimeType} must be a string, a byte[] or JSON, and it is a {content.GetType()}."),
            };
        return json;
    }
}
