using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class NumberToleranceTests
{
    [Theory]
    [InlineData(0.02, 0, 1, 1.02, true)]
    [InlineData(0.02, 0, 1, 1.03, false)]
    [InlineData(0, 0.01, 0.1, 0.11, true)]
    [InlineData(0, 0.01, 0.1, 0.1101, false)]
    [InlineData(0.1, 5, 100, 105, true)]
    [InlineData(0.001, 5, 100, 105, true)]
    [InlineData(0.1, 0, -1, 1, false)]
    [InlineData(1, 1, double.PositiveInfinity, 1, false)]
    [InlineData(1, 1, double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(0, 0, double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(0, 0, double.NaN, double.NaN, true)]
    [InlineData(1, 1, double.NaN, 0, false)]
    [InlineData(0, 0, 1, 1.0000001, false)]
    [InlineData(0.1, 0, 100, 90, true)]
    [InlineData(0, 1, 1, 2, true)]
    public void Numbers_agree_within_the_relative_or_the_absolute_difference(double relative, double absolute, double stored, double now, bool agrees)
    {
        Assert.Equal(agrees, new NumberTolerance(relative, absolute).Allows(stored, now));
        Assert.Equal(agrees, new NumberTolerance(relative, absolute).Allows(now, stored));
    }

    [Theory]
    [InlineData(0.02, 0, "0.02")]
    [InlineData(0, 1e-6, "abs 1E-06")]
    [InlineData(0.02, 3, "0.02 abs 3")]
    public void It_is_written_as_a_mark_says_it(double relative, double absolute, string text) => Assert.Equal(text, new NumberTolerance(relative, absolute).ToString());

    [Theory]
    [InlineData(100, 101, "0.01")]
    [InlineData(0.97, 0.91, "0.062")]
    [InlineData(0, 1e-9, "abs 1E-09")]
    [InlineData(-1e-5, 1e-5, "abs 2E-05")]
    [InlineData(-0.0005, 0.0005, "abs 0.001")]
    [InlineData(-0.0006, 0.0006, null)]
    [InlineData(1, 3, null)]
    [InlineData(3, 3, null)]
    [InlineData(double.NaN, 3, null)]
    public void The_narrowest_one_that_would_do_is_found(double stored, double now, string? expected)
    {
        var probe = new NumberProbe();

        var taken = probe.Take(stored, now);

        var narrowest = probe.Narrowest();
        Assert.Equal(expected, narrowest?.ToString());
        Assert.Equal(!double.IsNaN(stored), taken);
        if (narrowest is { } tolerance) Assert.True(tolerance.Allows(stored, now));
    }

    [Fact]
    public void An_absolute_one_is_measured_by_the_largest_number()
    {
        var probe = new NumberProbe();

        probe.Take(-0.5, 0.5);
        probe.Take(1000, 1001);

        Assert.Equal(new NumberTolerance(0, 1), probe.Narrowest());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    public void No_tolerance_makes_what_is_not_finite_agree(double stored, double now) => Assert.False(new NumberProbe().Take(stored, now));
}
