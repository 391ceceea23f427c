using System.Globalization;

namespace NotebookTestRunner.Comparison;

/// <summary>How far numbers may be apart and still count as equal: within the relative or within the absolute difference.</summary>
/// <param name="Relative">The share of the larger one's magnitude, 0 to 1; 0 for none.</param>
/// <param name="Absolute">The plain difference, from 0; 0 for none.</param>
public readonly record struct NumberTolerance(double Relative, double Absolute = 0)
{
    /// <summary>Numbers must be equal as written.</summary>
    public static NumberTolerance Exact { get; }

    /// <summary>Whether numbers must be equal as written.</summary>
    public bool IsExact => Relative == 0 && Absolute == 0;

    /// <summary>Whether two numbers agree. What is not finite agrees with itself only.</summary>
    public bool Allows(double stored, double now)
    {
        if (stored.Equals(now)) return true;
        if (!double.IsFinite(stored) || !double.IsFinite(now)) return false;
        var difference = Math.Abs(stored - now);
        // Decimal numbers are not exact in binary: a difference of a last digit must not fail 0.1 ± 0.01 against 0.11.
        const double Slack = 1 + 1e-9;
        return difference <= Absolute * Slack || difference <= Relative * Math.Max(Math.Abs(stored), Math.Abs(now)) * Slack;
    }

    /// <inheritdoc/>
    public override string ToString() => (Relative, Absolute) switch
    {
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Relative}"),
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"abs {Absolute}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Relative} abs {Absolute}"),
    };
}
