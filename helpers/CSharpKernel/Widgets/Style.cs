using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>The colours and letters of a widget, in the words of CSS. Null leaves a choice to the page; a widget takes what applies to it.</summary>
public sealed class Style : Widget
{
    private readonly Dictionary<string, WidgetProperty<string?>> _choices = [];

    internal Style(string control)
        : base(ModelNames.Style(control))
    {
        foreach (var key in (string[])["description_width", "bar_color", "handle_color", "button_color", "background", "text_color", "font_size", "font_weight"])
            _choices[key] = Property(key, key == "description_width" ? "" : null, StateCodecs.OptionalText);
    }

    /// <summary>The width of the description; <c>"initial"</c> as much as it needs (ipywidgets: <c>description_width</c>).</summary>
    public string? DescriptionWidth { get => this["description_width"]; set => this["description_width"] = value; }

    /// <summary>The colour of a progress bar (ipywidgets: <c>bar_color</c>).</summary>
    public string? BarColor { get => this["bar_color"]; set => this["bar_color"] = value; }

    /// <summary>The colour of a slider's handle (ipywidgets: <c>handle_color</c>).</summary>
    public string? HandleColor { get => this["handle_color"]; set => this["handle_color"] = value; }

    /// <summary>The colour of a button (ipywidgets: <c>button_color</c>).</summary>
    public string? ButtonColor { get => this["button_color"]; set => this["button_color"] = value; }

    /// <summary>What stands behind a text.</summary>
    public string? Background { get => this["background"]; set => this["background"] = value; }

    /// <summary>The colour of a text (ipywidgets: <c>text_color</c>).</summary>
    public string? TextColor { get => this["text_color"]; set => this["text_color"] = value; }

    /// <summary>The size of letters (ipywidgets: <c>font_size</c>).</summary>
    public string? FontSize { get => this["font_size"]; set => this["font_size"] = value; }

    /// <summary>How heavy the letters are, such as <c>"bold"</c> (ipywidgets: <c>font_weight</c>).</summary>
    public string? FontWeight { get => this["font_weight"]; set => this["font_weight"] = value; }

    private string? this[string key] { get => _choices[key].Value; set => _choices[key].Value = value; }

    /// <inheritdoc/>
    public override string ToString() => nameof(Style);
}
