namespace NotebookTestRunner.Comparison;

/// <summary>Stands in for a tolerance to find out which one would do: takes every pair of numbers and remembers how far apart they are.</summary>
internal sealed class NumberProbe
{
    private double relative;
    private double absolute;
    private double largest;

    /// <summary>Takes a pair; false when no tolerance can make them agree.</summary>
    public bool Take(double stored, double now)
    {
        if (stored.Equals(now)) return true;
        if (!double.IsFinite(stored) || !double.IsFinite(now)) return false;
        var magnitude = Math.Max(Math.Abs(stored), Math.Abs(now));
        largest = Math.Max(largest, magnitude);
        absolute = Math.Max(absolute, Math.Abs(stored - now));
        relative = Math.Max(relative, Math.Abs(stored - now) / magnitude);
        return true;
    }

    /// <summary>The narrowest tolerance worth proposing, or null: one of more than the half, or for numbers that changed sign, says nothing.</summary>
    public NumberTolerance? Narrowest() =>
        relative is > 0 and <= 0.5 ? new NumberTolerance(RoundUp(relative))
        : relative > 0 && absolute <= 1e-3 * Math.Max(1, largest) ? new NumberTolerance(0, RoundUp(absolute))
        : null;

    /// <summary>To two significant digits, as a person would write it.</summary>
    private static double RoundUp(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        var rounded = Math.Ceiling(value / unit * (1 - 1e-12)) * unit;
        return double.Parse(rounded.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
    }
}
