using System.Globalization;

namespace Tutorial.Helpers;

/// <summary>An axis from <paramref name="Low"/> to <paramref name="High"/> with a tick at every multiple of <paramref name="Step"/>.</summary>
internal readonly record struct Axis(double Low, double High, double Step)
{
    /// <summary>Covers the values with about <paramref name="ticks"/> round ticks (1, 2 or 5 times a power of ten).</summary>
    public static Axis Over(IEnumerable<double> values, int ticks, bool whole = false, bool fromZero = false)
    {
        double low = fromZero ? 0 : double.PositiveInfinity, high = fromZero ? 0 : double.NegativeInfinity;
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low == high)
            (low, high) = (low - (whole ? 1 : Math.Max(Math.Abs(low) * 0.1, 1e-6)), high + (whole ? 1 : Math.Max(Math.Abs(high) * 0.1, 1e-6)));

        var rough = (high - low) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        if (whole)
            return new Axis(low, high, Math.Max(1, step));
        return new Axis(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    public IEnumerable<double> Ticks()
    {
        // Counted in steps, as adding the step up would drift.
        for (var tick = Math.Ceiling((Low / Step) - 1e-9); tick * Step <= High + (Step * 1e-9); tick++)
            yield return tick * Step;
    }

    /// <summary>Where a value lies, from 0 at the low end to 1 at the high end.</summary>
    public double Fraction(double value) => (value - Low) / (High - Low);

    /// <summary>A number as short as it can be said with four significant digits.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 and < 1e12 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        >= 1e-4 and < 1000 => decimal.Parse(value.ToString("G4", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString("0.########", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###e+0", CultureInfo.InvariantCulture),
    };
}
