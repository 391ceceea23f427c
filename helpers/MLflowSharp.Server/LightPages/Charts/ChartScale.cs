using System.Globalization;

namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>From values to places along an axis, with round numbers to write beside it.</summary>
internal sealed class ChartScale
{
    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLog;

    /// <summary>Makes a scale that holds some values.</summary>
    /// <param name="values">The values; those that cannot be drawn are left out.</param>
    /// <param name="isLog">Whether equal ratios are equally far apart; only values above 0 can be drawn then.</param>
    public ChartScale(IEnumerable<double> values, bool isLog)
    {
        _isLog = isLog;
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(CanDraw))
            (low, high) = (Math.Min(low, Place(value)), Math.Max(high, Place(value)));
        if (low > high)
            (low, high) = (0, 1);
        if (high - low < Math.Max(Math.Abs(high), Math.Abs(low)) * 1e-12 || low == high)
            (low, high) = (low - (low == 0 ? 0.5 : Math.Abs(low) * 0.1), high + (high == 0 ? 0.5 : Math.Abs(high) * 0.1));
        (_low, _high) = (low, high);
    }

    public bool CanDraw(double value) => double.IsFinite(value) && Math.Abs(value) < 1e300 && (!_isLog || value > 0);

    /// <summary>Where a value is: 0 at the beginning, 1 at the end.</summary>
    public double Fraction(double value) => (Place(value) - _low) / (_high - _low);

    /// <summary>Round values within, about as many as asked for.</summary>
    public IEnumerable<double> Ticks(int about)
    {
        var step = RoundUp((_high - _low) / about);
        if (_isLog)
            step = Math.Max(1, Math.Round(step));
        // Counted, not added up, so that the last one is no rounding error away.
        for (var i = Math.Ceiling((_low / step) - 1e-9); i * step <= _high + (step * 1e-9); i++)
            yield return _isLog ? Math.Pow(10, i * step) : i == 0 ? 0 : i * step;
    }

    public string Text(double tick)
    {
        if (_isLog || Math.Abs(tick) is >= 1e6 or (> 0 and < 1e-4))
            return tick.ToString("0.##e+0", CultureInfo.InvariantCulture);
        return tick.ToString("0.######", CultureInfo.InvariantCulture);
    }

    private double Place(double value) => _isLog ? Math.Log10(value) : value;

    private static double RoundUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
