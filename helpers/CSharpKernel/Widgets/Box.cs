using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that holds others.</summary>
public abstract class Box : VisibleWidget
{
    private readonly WidgetProperty<IReadOnlyList<Widget>> _children;
    private readonly WidgetProperty<Accent> _accent;

    private protected Box(string control, IEnumerable<VisibleWidget> children)
        : base(ModelNames.Control(control))
    {
        _children = Property<IReadOnlyList<Widget>>("children", [.. children], StateCodecs.Widgets, check: Check);
        _accent = Property("box_style", Accent.None, StateCodecs.Choice<Accent>());
        // ipywidgets' view of a box with a tooltip breaks where there is no description, which boxes do not have.
        Description = Property("description", "", StateCodecs.Text);
        Check(_children.Value);
    }

    /// <summary>What it holds, in order. Closing the box leaves them as they are.</summary>
    public IReadOnlyList<VisibleWidget> Children
    {
        get => [.. _children.Value.Cast<VisibleWidget>()];
        set => _children.Value = [.. value];
    }

    /// <summary>Its colour; default none (ipywidgets: <c>box_style</c>).</summary>
    public Accent Accent { get => _accent.Value; set => _accent.Value = value; }

    /// <summary>What it is called; not to be seen.</summary>
    private protected WidgetProperty<string> Description { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Children.Where(child => !child.IsClosed).Select(child => child.ToString()).Where(text => text.Length > 0));

    internal override string ToHtml() => $"<div>{string.Concat(Children.Where(child => !child.IsClosed).Select(child => child.ToHtml()))}</div>";

    private void Check(IReadOnlyList<Widget> children)
    {
        foreach (var child in children)
        {
            ArgumentNullException.ThrowIfNull(child);
            if (child == this || (child is Box box && box.Holds(this)))
                throw new ArgumentException("A box cannot stand within itself.", nameof(children));
        }
    }

    private bool Holds(Widget other) => _children.Value.Any(child => child == other || (child is Box box && box.Holds(other)));
}
