using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box in which text is typed.</summary>
public abstract class TextWidget : ValueWidget<string>
{
    private readonly WidgetProperty<string> _placeholder;
    private readonly WidgetProperty<bool> _continuousUpdate;

    private protected TextWidget(string control)
        : base(control, "Text")
    {
        State = Property("value", "", StateCodecs.Text, check: value => ArgumentNullException.ThrowIfNull(value));
        _placeholder = Property("placeholder", "", StateCodecs.Text);
        _continuousUpdate = Property("continuous_update", true, StateCodecs.Boolean);
    }

    /// <summary>What stands in it while it is empty.</summary>
    public string Placeholder { get => _placeholder.Value; set => _placeholder.Value = value ?? ""; }

    /// <summary>Whether the value changes with each letter, and not only when the reader leaves the box; default true (ipywidgets: <c>continuous_update</c>).</summary>
    public bool ContinuousUpdate { get => _continuousUpdate.Value; set => _continuousUpdate.Value = value; }

    private protected override WidgetProperty<string> State { get; }
}
