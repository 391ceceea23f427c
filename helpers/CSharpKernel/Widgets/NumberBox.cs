using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box in which a number is typed, without limits.</summary>
/// <typeparam name="T">int or double.</typeparam>
public abstract class NumberBox<T> : ValueWidget<T>
    where T : struct, INumber<T>
{
    private protected NumberBox(string control)
        : base(control) =>
        State = Property("value", T.Zero, StateCodecs.Number<T>(), check: number =>
        {
            if (!T.IsFinite(number))
                throw new ArgumentOutOfRangeException(nameof(number), number, "A widget's number must be finite.");
        });

    private protected override WidgetProperty<T> State { get; }
}
