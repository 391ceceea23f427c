using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display;

/// <summary>Text as it goes into a MIME bundle: JSON types are sent as JSON, not as a string that holds it.</summary>
internal static class MimeContent
{
    /// <summary>What stands in the bundle for a text.</summary>
    public static object Of(string mimeType, string text)
    {
        if (!IsJson(mimeType))
            return text;
        try
        {
            return JsonNode.Parse(text) ?? (object)"null";
        }
        catch (JsonException)
        {
            // What a notebook calls JSON and is none is shown as it is.
            return text;
        }
    }

    /// <summary>Content of a bundle as text.</summary>
    public static string ToText(object content) => content switch
    {
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        JsonNode node => node.ToJsonString(),
        JsonElement element => element.GetRawText(),
        JsonDocument document => document.RootElement.GetRawText(),
        _ => content.ToString() ?? "",
    };

    private static bool IsJson(string mimeType) => mimeType == MimeTypes.Json || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
