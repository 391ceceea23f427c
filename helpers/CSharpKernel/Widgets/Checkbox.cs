using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box that is ticked or not.</summary>
public sealed class Checkbox : Switch
{
    private readonly WidgetProperty<bool> _indent;

    /// <summary>Creates one that is not ticked.</summary>
    public Checkbox()
        : base("Checkbox", "Checkbox") =>
        _indent = Property("indent", true, StateCodecs.Boolean);

    /// <summary>Whether it stands in line with the boxes of widgets that have a description before them; default true.</summary>
    public bool Indent { get => _indent.Value; set => _indent.Value = value; }
}
