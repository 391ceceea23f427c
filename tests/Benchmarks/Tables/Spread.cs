using System.Globalization;

namespace Benchmarks;

/// <summary>What several rounds of a measurement gave.</summary>
/// <param name="Median">The middle round.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
internal sealed record Spread(double Median, double Least, double Most)
{
    /// <summary>Summarises rounds.</summary>
    /// <param name="rounds">One value per round; at least one.</param>
    public static Spread Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>The median, and the range in parentheses, each with three digits that count.</summary>
    public override string ToString() => $"{Short(Median)} ({Short(Least)}–{Short(Most)})";

    /// <summary>A figure with the digits that count.</summary>
    public static string Short(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
