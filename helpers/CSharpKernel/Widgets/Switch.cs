using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that is on or off.</summary>
public abstract class Switch : ValueWidget<bool>
{
    private protected Switch(string control, string style)
        : base(control, style) =>
        State = Property("value", false, StateCodecs.Boolean);

    private protected override WidgetProperty<bool> State { get; }

    private protected override string ValueText => Value ? "☑" : "☐";
}
