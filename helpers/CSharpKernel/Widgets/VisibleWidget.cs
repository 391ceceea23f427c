using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that is seen on the page (ipywidgets: <c>DOMWidget</c>).</summary>
public abstract class VisibleWidget : Widget
{
    private readonly WidgetProperty<Layout?> _layout;
    private readonly WidgetProperty<string?> _tooltip;
    private readonly WidgetProperty<IReadOnlyList<string>> _classes;
    private Layout? _ownLayout;

    private protected VisibleWidget(ModelNames names)
        : base(names)
    {
        _layout = Property("layout", null, StateCodecs.Widget<Layout>());
        _tooltip = Property("tooltip", null, StateCodecs.OptionalText);
        _classes = Property<IReadOnlyList<string>>("_dom_classes", [], StateCodecs.Texts);
    }

    /// <summary>The place it takes: <c>new Button { Layout = { Width = "50%" } }</c>.</summary>
    public Layout Layout
    {
        get => _layout.Value ?? (_layout.Value = _ownLayout = new Layout());
        set => _layout.Value = value;
    }

    /// <summary>What is shown when the mouse rests on it.</summary>
    public string? Tooltip { get => _tooltip.Value; set => _tooltip.Value = value; }

    /// <summary>CSS classes of its element (ipywidgets: <c>_dom_classes</c>).</summary>
    public IReadOnlyList<string> CssClasses { get => _classes.Value; set => _classes.Value = [.. value]; }

    internal override IEnumerable<Widget> Parts => _ownLayout is null ? [] : [_ownLayout];
}
