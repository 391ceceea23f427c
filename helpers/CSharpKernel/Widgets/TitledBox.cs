using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box of which one child is seen, chosen by its title.</summary>
public abstract class TitledBox : Box
{
    private readonly WidgetProperty<IReadOnlyList<string>> _titles;
    private readonly WidgetProperty<int?> _selected;

    private protected TitledBox(string control, int? selected, IReadOnlyList<(string Title, VisibleWidget Content)> pages)
        : base(control, pages.Select(page => page.Content))
    {
        _titles = Property<IReadOnlyList<string>>("titles", [.. pages.Select(page => page.Title)], StateCodecs.Texts);
        _selected = Property("selected_index", pages.Count > 0 ? selected : null, StateCodecs.Index, index => index >= 0 && index < Children.Count ? index : null);
    }

    /// <summary>Another child is seen.</summary>
    public event Action<int?> SelectedIndexChanged
    {
        add => _selected.Changed += value;
        remove => _selected.Changed -= value;
    }

    /// <summary>The titles of the children.</summary>
    public IReadOnlyList<string> Titles { get => _titles.Value; set => _titles.Value = [.. value]; }

    /// <summary>The place of the child that is seen; null for none (ipywidgets: <c>selected_index</c>).</summary>
    public int? SelectedIndex { get => _selected.Value; set => _selected.Value = value; }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Children.Select((child, index) => $"{TitleOf(index)}\n{child}"));

    internal override string ToHtml() =>
        string.Concat(Children.Select((child, index) => $"<details open=\"open\"><summary>{Display.HtmlText.Encode(TitleOf(index))}</summary>{child.ToHtml()}</details>"));

    private string TitleOf(int index) => index < Titles.Count ? Titles[index] : "";
}
