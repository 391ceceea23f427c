using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that only shows a text.</summary>
public abstract class TextDisplay : ValueWidget<string>
{
    private protected TextDisplay(string control, string style)
        : base(control, style) =>
        State = Property("value", "", StateCodecs.Text, check: value => ArgumentNullException.ThrowIfNull(value));

    private protected override WidgetProperty<string> State { get; }
}
