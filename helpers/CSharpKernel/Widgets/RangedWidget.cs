using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>
/// A widget whose value has limits. A value that code sets outside of them is brought to the nearest limit, also when the limits are
/// set later, so the order of assignments does not matter; a value outside of them that comes from the page is refused.
/// </summary>
/// <typeparam name="TNumber">int or double.</typeparam>
/// <typeparam name="TValue">One number, or a lower and an upper one.</typeparam>
public abstract class RangedWidget<TNumber, TValue> : ValueWidget<TValue>
    where TNumber : struct, INumber<TNumber>
{
    private readonly WidgetProperty<TNumber> _minimum;
    private readonly WidgetProperty<TNumber> _maximum;

    private protected RangedWidget(string control, TNumber maximum, string? style = null, string? view = null)
        : base(control, style, view)
    {
        _minimum = Property("min", TNumber.Zero, StateCodecs.Number<TNumber>(), check: CheckFinite);
        _maximum = Property("max", maximum, StateCodecs.Number<TNumber>(), upper => TNumber.Max(_minimum.Value, upper), CheckFinite, _minimum);
    }

    /// <summary>The smallest value; default 0 (ipywidgets: <c>min</c>).</summary>
    public TNumber Minimum { get => _minimum.Value; set => _minimum.Value = value; }

    /// <summary>The largest value, never below <see cref="Minimum"/>; default 100 (ipywidgets: <c>max</c>).</summary>
    public TNumber Maximum { get => _maximum.Value; set => _maximum.Value = value; }

    /// <summary>The limits, on which the value depends.</summary>
    private protected WidgetProperty[] Limits => [_minimum, _maximum];

    /// <summary>A number brought within the limits.</summary>
    private protected TNumber Limit(TNumber number) => TNumber.Clamp(number, Minimum, Maximum);

    /// <summary>Refuses what JSON cannot carry.</summary>
    private protected static void CheckFinite(TNumber number)
    {
        if (!TNumber.IsFinite(number))
            throw new ArgumentOutOfRangeException(nameof(number), number, "A widget's number must be finite.");
    }
}
