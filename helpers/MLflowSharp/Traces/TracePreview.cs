using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Traces;

/// <summary>The beginning of what went into a trace or came out of it: of a conversation, its last message.</summary>
internal static class TracePreview
{
    /// <summary>As long as the column.</summary>
    private const int Longest = 1000;

    /// <summary>Makes one.</summary>
    /// <param name="json">What went in or came out, as JSON.</param>
    /// <param name="role">Whose message is looked for: <c>user</c> or <c>assistant</c>.</param>
    public static string Of(string json, string role)
    {
        var text = SpanAttributes.Parse(json) is JsonObject conversation && Messages(conversation) is { Count: > 0 } messages
            ? TextOf(messages.LastOrDefault(message => IsText(message["role"], out var who) && who == role) ?? messages[^1])
            : "";
        if (text.Length == 0)
            text = json;
        return text.Length <= Longest ? text : $"{text[..(Longest - 3)]}...";
    }

    private static List<JsonObject> Messages(JsonObject conversation)
    {
        var list = (conversation["messages"] ?? conversation["input"] ?? conversation["output"]) as JsonArray;
        if (list is null && conversation["choices"] is JsonArray { Count: > 0 } choices && (choices[0] as JsonObject)?["message"] is JsonObject answer)
            list = [answer.DeepClone()];
        return [.. (list ?? []).OfType<JsonObject>().Where(message => message.ContainsKey("role") && message.ContainsKey("content"))];
    }

    private static string TextOf(JsonObject message) => message["content"] switch
    {
        JsonArray parts => parts.Select(part => IsText(part, out var text) || part is JsonObject inner && IsText(inner["text"], out text) ? text : null).FirstOrDefault(text => text is not null) ?? "",
        var content => IsText(content, out var text) ? text : "",
    };

    private static bool IsText(JsonNode? node, out string text)
    {
        text = node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        return node?.GetValueKind() == JsonValueKind.String;
    }
}
