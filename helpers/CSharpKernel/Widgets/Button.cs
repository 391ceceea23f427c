using System.Text.Json.Nodes;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A button.</summary>
public sealed class Button : LabeledWidget
{
    private readonly WidgetProperty<Accent> _accent;
    private readonly WidgetProperty<string> _icon;
    private TaskCompletionSource<bool> _next = NewClick();

    /// <summary>Creates a button.</summary>
    public Button()
        : base("Button", "Button")
    {
        _accent = Property("button_style", Accent.None, StateCodecs.Choice<Accent>());
        _icon = Property("icon", "", StateCodecs.Text);
    }

    /// <summary>Creates a button with a text.</summary>
    /// <param name="description">The text.</param>
    public Button(string description)
        : this() => Description = description;

    /// <summary>The reader has pressed it (ipywidgets: <c>on_click</c>). The handler may be <c>async</c>; a second press waits until it has ended.</summary>
    public event Action? Clicked;

    /// <summary>Its colour; default none (ipywidgets: <c>button_style</c>).</summary>
    public Accent Accent { get => _accent.Value; set => _accent.Value = value; }

    /// <summary>The name of a Font Awesome icon, such as <c>"check"</c>.</summary>
    public string Icon { get => _icon.Value; set => _icon.Value = value ?? ""; }

    /// <summary>Waits until the reader presses it.</summary>
    /// <param name="cancellationToken">Stops waiting; so does an interrupt.</param>
    /// <exception cref="InvalidOperationException">The notebook runs without a reader, so nobody would.</exception>
    public Task NextClickAsync(CancellationToken cancellationToken = default) =>
        WaitForReaderAsync(token => Volatile.Read(ref _next).Task.WaitAsync(token), cancellationToken);

    private protected override string ValueText => "";

    internal override string ToHtml() => $"<div>[{Encode(Description)}]</div>";

    /// <inheritdoc/>
    public override string ToString() => $"[{Description}]";

    private protected override Action? HandlerOf(JsonObject content)
    {
        if ((content["event"] as JsonValue)?.ToString() != "click")
            return null;
        Interlocked.Exchange(ref _next, NewClick()).TrySetResult(true);
        return Clicked;
    }

    private static TaskCompletionSource<bool> NewClick() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
