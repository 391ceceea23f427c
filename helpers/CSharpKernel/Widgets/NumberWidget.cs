using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget with one number between two limits.</summary>
/// <typeparam name="T">int or double.</typeparam>
public abstract class NumberWidget<T> : RangedWidget<T, T>
    where T : struct, INumber<T>
{
    private protected NumberWidget(string control, T maximum, string? style = null, string? view = null)
        : base(control, maximum, style, view) =>
        State = Property("value", T.Zero, StateCodecs.Number<T>(), Limit, CheckFinite, Limits);

    private protected override WidgetProperty<T> State { get; }
}
