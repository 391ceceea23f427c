using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box in which a colour is chosen, by its CSS name or as <c>#rrggbb</c>; black, at the beginning.</summary>
public sealed class ColorPicker : ValueWidget<string>
{
    /// <summary>Creates one.</summary>
    public ColorPicker()
        : base("ColorPicker") =>
        State = Property("value", "black", StateCodecs.Text, check: value => ArgumentException.ThrowIfNullOrWhiteSpace(value));

    private protected override WidgetProperty<string> State { get; }
}
