namespace Tutorial.Helpers.Tests.Monitoring;

public sealed class DriftTests
{
    private static readonly double[] s_hundred = [.. Enumerable.Range(0, 100).Select(value => (double)value)];

    [Fact]
    public void Where_nothing_has_changed_both_are_zero_whatever_the_order()
    {
        Assert.Equal(0, Drift.PopulationStabilityIndex(s_hundred, s_hundred.Reverse()), 12);
        Assert.Equal(0, Drift.KolmogorovSmirnov(s_hundred, s_hundred.Reverse()), 12);
        Assert.Equal(0, Drift.KolmogorovSmirnov(s_hundred, [.. s_hundred, .. s_hundred]), 12);
    }

    [Fact]
    public void The_index_is_the_sum_over_bins_that_its_definition_says()
    {
        // Two bins, below 50 and from 50 on: half and half then, one quarter and three quarters now.
        double[] now = [10, 60, 70, 80];

        Assert.Equal((0.25 * Math.Log(0.75 / 0.5)) + (-0.25 * Math.Log(0.25 / 0.5)), Drift.PopulationStabilityIndex(s_hundred, now, bins: 2), 12);
    }

    [Fact]
    public void A_bin_that_is_empty_now_counts_and_gives_no_infinity()
    {
        var moved = Drift.PopulationStabilityIndex(s_hundred, s_hundred.Select(value => value + 1000));

        Assert.InRange(moved, Drift.LargeChange, 100);
    }

    [Fact]
    public void The_more_it_changes_the_larger_are_both()
    {
        double Index(double by) => Drift.PopulationStabilityIndex(s_hundred, s_hundred.Select(value => value + by));
        double Distance(double by) => Drift.KolmogorovSmirnov(s_hundred, s_hundred.Select(value => value + by));

        Assert.True(Index(2) < Index(20) && Index(20) < Index(60));
        Assert.Equal([0.02, 0.2, 0.6, 1.0], new[] { Distance(2), Distance(20), Distance(60), Distance(100) }.Select(distance => Math.Round(distance, 12)));
    }

    [Fact]
    public void Equal_values_fall_into_one_bin()
    {
        double[] mostlyNothing = [.. Enumerable.Repeat(0.0, 95), 1, 2, 3, 4, 5];

        Assert.Equal(0, Drift.PopulationStabilityIndex(mostlyNothing, mostlyNothing), 12);
        Assert.Equal(0.5, Drift.KolmogorovSmirnov([1, 1, 2, 2], [1, 1, 1, 1]), 12);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_with_the_reason()
    {
        Assert.Contains("There are 0 values, and at least 1 are needed.", Assert.Throws<ArgumentException>(() => Drift.PopulationStabilityIndex(s_hundred, [])).Message, StringComparison.Ordinal);
        Assert.Contains("There are 9 values, and at least 10 are needed.", Assert.Throws<ArgumentException>(() => Drift.PopulationStabilityIndex(s_hundred.Take(9), s_hundred)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Drift.KolmogorovSmirnov([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Drift.PopulationStabilityIndex(s_hundred, s_hundred, bins: 1));
    }
}
