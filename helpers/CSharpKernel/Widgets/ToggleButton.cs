using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A button that stays down until it is pressed again.</summary>
public sealed class ToggleButton : Switch
{
    private readonly WidgetProperty<Accent> _accent;
    private readonly WidgetProperty<string> _icon;

    /// <summary>Creates one that is up.</summary>
    public ToggleButton()
        : base("ToggleButton", "ToggleButton")
    {
        _accent = Property("button_style", Accent.None, StateCodecs.Choice<Accent>());
        _icon = Property("icon", "", StateCodecs.Text);
    }

    /// <summary>Its colour; default none (ipywidgets: <c>button_style</c>).</summary>
    public Accent Accent { get => _accent.Value; set => _accent.Value = value; }

    /// <summary>The name of a Font Awesome icon, such as <c>"check"</c>.</summary>
    public string Icon { get => _icon.Value; set => _icon.Value = value ?? ""; }
}
