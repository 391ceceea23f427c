using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>
/// The place that a widget takes: lengths and the like in the words of CSS, such as <c>"50%"</c>, <c>"10em"</c> or <c>"1px solid grey"</c>.
/// Null leaves a choice to the page.
/// </summary>
public sealed class Layout : Widget
{
    private readonly Dictionary<string, WidgetProperty<string?>> _choices = [];

    /// <summary>Creates a layout, which may serve several widgets.</summary>
    public Layout()
        : base(ModelNames.Layout)
    {
        foreach (var key in (string[])["width", "height", "min_width", "max_width", "min_height", "max_height", "margin", "padding", "overflow", "display", "visibility", "flex", "flex_flow", "align_items", "align_self", "justify_content", "grid_template_columns", "grid_gap"])
            _choices[key] = Property(key, null, StateCodecs.OptionalText);
        foreach (var side in Sides)
            _choices[side] = Property(side, null, StateCodecs.OptionalText);
    }

    private static string[] Sides => ["border_top", "border_right", "border_bottom", "border_left"];

    /// <summary>The width.</summary>
    public string? Width { get => this["width"]; set => this["width"] = value; }

    /// <summary>The height.</summary>
    public string? Height { get => this["height"]; set => this["height"] = value; }

    /// <summary>The smallest width.</summary>
    public string? MinWidth { get => this["min_width"]; set => this["min_width"] = value; }

    /// <summary>The largest width.</summary>
    public string? MaxWidth { get => this["max_width"]; set => this["max_width"] = value; }

    /// <summary>The smallest height.</summary>
    public string? MinHeight { get => this["min_height"]; set => this["min_height"] = value; }

    /// <summary>The largest height.</summary>
    public string? MaxHeight { get => this["max_height"]; set => this["max_height"] = value; }

    /// <summary>The room around.</summary>
    public string? Margin { get => this["margin"]; set => this["margin"] = value; }

    /// <summary>The room inside.</summary>
    public string? Padding { get => this["padding"]; set => this["padding"] = value; }

    /// <summary>The line around, on all four sides.</summary>
    public string? Border
    {
        get => this["border_top"];
        set
        {
            foreach (var side in Sides)
                this[side] = value;
        }
    }

    /// <summary>What happens to what does not fit, such as <c>"auto"</c> for scroll bars.</summary>
    public string? Overflow { get => this["overflow"]; set => this["overflow"] = value; }

    /// <summary>How it stands in the page; <c>"none"</c> takes it away.</summary>
    public string? Display { get => this["display"]; set => this["display"] = value; }

    /// <summary><c>"hidden"</c> leaves its place empty.</summary>
    public string? Visibility { get => this["visibility"]; set => this["visibility"] = value; }

    /// <summary>How it grows and shrinks within a box, such as <c>"1 1 auto"</c>.</summary>
    public string? Flex { get => this["flex"]; set => this["flex"] = value; }

    /// <summary>In which direction a box's children stand, and whether they wrap (ipywidgets: <c>flex_flow</c>).</summary>
    public string? FlexFlow { get => this["flex_flow"]; set => this["flex_flow"] = value; }

    /// <summary>How a box's children stand across it (ipywidgets: <c>align_items</c>).</summary>
    public string? AlignItems { get => this["align_items"]; set => this["align_items"] = value; }

    /// <summary>How it stands across its box (ipywidgets: <c>align_self</c>).</summary>
    public string? AlignSelf { get => this["align_self"]; set => this["align_self"] = value; }

    /// <summary>How a box's children stand along it (ipywidgets: <c>justify_content</c>).</summary>
    public string? JustifyContent { get => this["justify_content"]; set => this["justify_content"] = value; }

    /// <summary>The columns of a <see cref="GridBox"/>, such as <c>"repeat(3, 1fr)"</c> (ipywidgets: <c>grid_template_columns</c>).</summary>
    public string? GridTemplateColumns { get => this["grid_template_columns"]; set => this["grid_template_columns"] = value; }

    /// <summary>The room between the cells of a <see cref="GridBox"/> (ipywidgets: <c>grid_gap</c>).</summary>
    public string? GridGap { get => this["grid_gap"]; set => this["grid_gap"] = value; }

    private string? this[string key] { get => _choices[key].Value; set => _choices[key].Value = value; }

    /// <inheritdoc/>
    public override string ToString() => nameof(Layout);
}
