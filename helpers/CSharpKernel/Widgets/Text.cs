using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets;

/// <summary>A box in which one line of text is typed.</summary>
public sealed class Text() : TextWidget("Text")
{
    /// <summary>The reader has pressed Enter (ipywidgets: <c>on_submit</c>).</summary>
    public event Action<string>? Submitted;

    private protected override Action? HandlerOf(JsonObject content) =>
        Submitted is { } submitted && (content["event"] as JsonValue)?.ToString() == "submit" ? () => submitted(Value) : null;
}
