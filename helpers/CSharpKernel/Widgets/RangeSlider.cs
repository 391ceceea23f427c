using System.Globalization;
using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A slider with two handles, for a lower and an upper value.</summary>
/// <typeparam name="T">int or double.</typeparam>
public abstract class RangeSlider<T> : Slider<T, (T Lower, T Upper)>
    where T : struct, INumber<T>
{
    private protected RangeSlider(string control, T maximum, T step, string format, (T Lower, T Upper) value)
        : base(control, maximum, step, format) =>
        State = Property("value", value, StateCodecs.Pair<T>(), pair => (Limit(pair.Lower), Limit(pair.Upper)), Check, Limits);

    private protected override WidgetProperty<(T Lower, T Upper)> State { get; }

    private protected override string ValueText => string.Create(CultureInfo.InvariantCulture, $"{Value.Lower} – {Value.Upper}");

    private static void Check((T Lower, T Upper) value)
    {
        CheckFinite(value.Lower);
        CheckFinite(value.Upper);
        if (value.Lower > value.Upper)
            throw new ArgumentOutOfRangeException(nameof(value), value, "The lower value must not be above the upper one.");
    }
}
