using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget with a description beside it.</summary>
public abstract class LabeledWidget : VisibleWidget
{
    private readonly WidgetProperty<string> _description;
    private readonly WidgetProperty<bool> _disabled;
    private readonly WidgetProperty<Style?> _style;
    private readonly string _styleName;

    private protected LabeledWidget(string control, string? style = null, string? view = null)
        : base(ModelNames.Control(control, view))
    {
        _styleName = style ?? "Description";
        _description = Property("description", "", StateCodecs.Text);
        _disabled = Property("disabled", false, StateCodecs.Boolean);
        _style = Property("style", null, StateCodecs.Widget<Style>());
    }

    /// <summary>What stands beside it, or on it; default nothing.</summary>
    public string Description { get => _description.Value; set => _description.Value = value ?? ""; }

    /// <summary>Whether the reader cannot use it; default false.</summary>
    public bool Disabled { get => _disabled.Value; set => _disabled.Value = value; }

    /// <summary>Its colours and letters: <c>new IntProgress { Style = { BarColor = "teal" } }</c>.</summary>
    public Style Style => _style.Value ?? (_style.Value = new Style(_styleName));

    /// <inheritdoc/>
    public override string ToString() => Description.Length == 0 ? ValueText : $"{Description} {ValueText}";

    /// <summary>The value for those who only read.</summary>
    private protected abstract string ValueText { get; }

    /// <summary>The value for those who only read, in HTML.</summary>
    private protected virtual string ValueHtml => $"<code>{Encode(ValueText)}</code>";

    internal override string ToHtml() => $"<div>{(Description.Length == 0 ? "" : $"{Encode(Description)} ")}{ValueHtml}</div>";

    internal override IEnumerable<Widget> Parts => _style.Value is { } style ? [.. base.Parts, style] : base.Parts;

    private protected static string Encode(string text) => Display.HtmlText.Encode(text);
}
