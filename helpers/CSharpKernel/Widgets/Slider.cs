using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A line with one or two handles that the reader moves.</summary>
/// <typeparam name="TNumber">int or double.</typeparam>
/// <typeparam name="TValue">One number, or a lower and an upper one.</typeparam>
public abstract class Slider<TNumber, TValue> : RangedWidget<TNumber, TValue>
    where TNumber : struct, INumber<TNumber>
{
    private readonly WidgetProperty<TNumber> _step;
    private readonly WidgetProperty<Orientation> _orientation;
    private readonly WidgetProperty<bool> _readout;
    private readonly WidgetProperty<string> _readoutFormat;
    private readonly WidgetProperty<bool> _continuousUpdate;

    private protected Slider(string control, TNumber maximum, TNumber step, string format)
        : base(control, maximum, "Slider")
    {
        _step = Property("step", step, StateCodecs.Number<TNumber>(), check: number =>
        {
            CheckFinite(number);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        });
        _orientation = Property("orientation", Orientation.Horizontal, StateCodecs.Choice<Orientation>());
        _readout = Property("readout", true, StateCodecs.Boolean);
        _readoutFormat = Property("readout_format", format, StateCodecs.Text);
        _continuousUpdate = Property("continuous_update", true, StateCodecs.Boolean);
    }

    /// <summary>How far one step goes, above zero; default 1, or 0.1 for fractions.</summary>
    public TNumber Step { get => _step.Value; set => _step.Value = value; }

    /// <summary>In which direction it lies; default horizontal.</summary>
    public Orientation Orientation { get => _orientation.Value; set => _orientation.Value = value; }

    /// <summary>Whether the value stands beside it; default true (ipywidgets: <c>readout</c>).</summary>
    public bool ShowValue { get => _readout.Value; set => _readout.Value = value; }

    /// <summary>How the value is written there, as D3 formats numbers; default <c>d</c>, or <c>.2f</c> (ipywidgets: <c>readout_format</c>).</summary>
    public string ValueFormat { get => _readoutFormat.Value; set => _readoutFormat.Value = value; }

    /// <summary>Whether the value changes while the handle moves, and not only where it is let go; default true (ipywidgets: <c>continuous_update</c>).</summary>
    public bool ContinuousUpdate { get => _continuousUpdate.Value; set => _continuousUpdate.Value = value; }
}
