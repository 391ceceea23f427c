using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A slider with one handle.</summary>
/// <typeparam name="T">int or double.</typeparam>
public abstract class SingleSlider<T> : Slider<T, T>
    where T : struct, INumber<T>
{
    private protected SingleSlider(string control, T maximum, T step, string format)
        : base(control, maximum, step, format) =>
        State = Property("value", T.Zero, StateCodecs.Number<T>(), Limit, CheckFinite, Limits);

    private protected override WidgetProperty<T> State { get; }
}
