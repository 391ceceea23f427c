using System.Text.Json.Nodes;
using CSharpKernel.Display;

namespace CSharpKernel.Widgets.Model;

/// <summary>What an output area holds, as a notebook's file would hold it.</summary>
internal sealed class OutputLog
{
    // All of it is sent at each change, so it cannot grow for ever; what is dropped is the oldest.
    private const int TextLimit = 100_000;
    private const int CountLimit = 1_000;

    private readonly Lock _lock = new();
    private readonly List<JsonObject> _outputs = [];

    /// <summary>Changes it.</summary>
    /// <returns>What it holds afterwards.</returns>
    public JsonArray Change(Action<OutputLog> change)
    {
        lock (_lock)
        {
            change(this);
            return new JsonArray([.. _outputs.Select(output => output.DeepClone())]);
        }
    }

    /// <summary>Adds printed text.</summary>
    public void AddText(string name, string text)
    {
        if (_outputs is [.., { } last] && last["name"]?.GetValue<string>() == name)
            last["text"] = Shorten(last["text"]!.GetValue<string>() + text);
        else
            Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = Shorten(text) });
    }

    /// <summary>Adds something shown, or shows it anew where it stands.</summary>
    public void AddDisplay(DisplayBundle bundle, string displayId, bool update)
    {
        var output = new JsonObject
        {
            ["output_type"] = "display_data", ["data"] = bundle.ToJson(), ["metadata"] = new JsonObject(), ["transient"] = new JsonObject { ["display_id"] = displayId },
        };
        var index = update ? _outputs.FindIndex(each => each["transient"]?["display_id"]?.GetValue<string>() == displayId) : -1;
        if (index >= 0)
            _outputs[index] = output;
        else
            Add(output);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _outputs.Clear();

    /// <summary>The texts of outputs.</summary>
    public static string ToText(JsonArray outputs) => string.Concat(outputs.Select(output => Text(output!, MimeTypes.Plain) ?? "")).TrimEnd('\n');

    /// <summary>The outputs as HTML.</summary>
    public static string ToHtml(JsonArray outputs) =>
        string.Concat(outputs.Select(output => output!["data"]?[MimeTypes.Html] is JsonValue html ? html.GetValue<string>() : $"<pre>{HtmlText.Encode(Text(output, MimeTypes.Plain) ?? "")}</pre>"));

    private static string? Text(JsonNode output, string mimeType) =>
        output["text"] is JsonValue printed ? printed.GetValue<string>() : output["data"]?[mimeType] is JsonValue shown ? shown.GetValue<string>() + "\n" : null;

    private void Add(JsonObject output)
    {
        _outputs.Add(output);
        if (_outputs.Count > CountLimit)
            _outputs.RemoveAt(0);
    }

    private static string Shorten(string text) => text.Length <= TextLimit ? text : text[^TextLimit..];
}
