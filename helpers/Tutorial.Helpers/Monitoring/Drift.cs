namespace Tutorial.Helpers;

/// <summary>Says how far the numbers of today are from those that a model was trained with.</summary>
public static class Drift
{
    /// <summary>From here on people speak of a change worth looking at (Siddiqi, Credit Risk Scorecards, 2006): 0.1.</summary>
    public const double SomeChange = 0.1;

    /// <summary>From here on they speak of another population (same source): 0.25.</summary>
    public const double LargeChange = 0.25;

    // What an empty bin counts as, as the logarithm of nothing is not a number.
    private const double LeastShare = 1e-4;

    /// <summary>
    /// The population stability index. The reference is cut into bins of as many values each; then each bin's share of the current values is
    /// compared with its share of the reference: the sum over the bins of (current − reference) × ln(current / reference). It is 0 when nothing
    /// has changed, and has no upper end. A bin without values counts as one ten-thousandth.
    /// </summary>
    /// <param name="reference">The values then, of which there are at least as many as bins. Their order does not matter.</param>
    /// <param name="current">The values now; at least one.</param>
    /// <param name="bins">How many bins, 2 or more. Default: 10, each with a tenth of the reference.</param>
    /// <returns>0 or more; see <see cref="SomeChange"/> and <see cref="LargeChange"/>.</returns>
    /// <exception cref="ArgumentException">There are too few values, or one is not finite.</exception>
    public static double PopulationStabilityIndex(IEnumerable<double> reference, IEnumerable<double> current, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        var (then, now) = (Sorted(reference, bins, nameof(reference)), Sorted(current, 1, nameof(current)));
        // Values that are equal belong into one bin: then there are fewer.
        var edges = Enumerable.Range(1, bins - 1).Select(bin => then[bin * then.Length / bins]).Distinct().ToArray();
        return Shares(then, edges).Zip(Shares(now, edges), (old, young) => (young - old) * Math.Log(young / old)).Sum();
    }

    /// <summary>
    /// The two-sample statistic of Kolmogorov and Smirnov: the largest difference, over all values, between the share of the reference and the
    /// share of the current values that are not above it.
    /// </summary>
    /// <param name="reference">The values then; at least one. Their order does not matter.</param>
    /// <param name="current">The values now; at least one.</param>
    /// <returns>From 0 (nothing has changed) to 1 (no value of now lies where those of then lie).</returns>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static double KolmogorovSmirnov(IEnumerable<double> reference, IEnumerable<double> current)
    {
        var (then, now) = (Sorted(reference, 1, nameof(reference)), Sorted(current, 1, nameof(current)));
        double largest = 0;
        for (int old = 0, young = 0; old < then.Length && young < now.Length;)
        {
            var value = Math.Min(then[old], now[young]);
            while (old < then.Length && then[old] == value)
                old++;
            while (young < now.Length && now[young] == value)
                young++;
            largest = Math.Max(largest, Math.Abs(((double)old / then.Length) - ((double)young / now.Length)));
        }

        return largest;
    }

    /// <summary>The share of the sorted values in each bin: below the first edge, from there to below the next, and so on.</summary>
    private static IEnumerable<double> Shares(double[] sorted, double[] edges)
    {
        var from = 0;
        foreach (var edge in edges.Append(double.PositiveInfinity))
        {
            var to = from;
            while (to < sorted.Length && sorted[to] < edge)
                to++;
            yield return Math.Max((double)(to - from) / sorted.Length, LeastShare);
            from = to;
        }
    }

    private static double[] Sorted(IEnumerable<double> values, int least, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var sorted = values.Order().ToArray();
        if (sorted.Length < least)
            throw new ArgumentException(FormattableString.Invariant($"There are {sorted.Length} values, and at least {least} are needed."), name);
        return Array.TrueForAll(sorted, double.IsFinite) ? sorted : throw new ArgumentException("A value is not a finite number: leave out what could not be measured.", name);
    }
}
