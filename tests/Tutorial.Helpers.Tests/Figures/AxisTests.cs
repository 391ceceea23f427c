namespace Tutorial.Helpers.Tests;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0.03, 1.43, "0 0.5 1 1.5")]
    [InlineData(0.91, 0.978, "0.9 0.92 0.94 0.96 0.98")]
    [InlineData(-3, 3, "-4 -2 0 2 4")]
    [InlineData(0, 50_000, "0 10,000 20,000 30,000 40,000 50,000")]
    public void Ticks_are_round_and_cover_the_values(double low, double high, string ticks)
    {
        var axis = Axis.Over([low, high], 5);

        Assert.Equal(ticks, string.Join(' ', axis.Ticks().Select(Axis.Text)));
        Assert.InRange(axis.Fraction(low), 0, 1);
        Assert.InRange(axis.Fraction(high), 0, 1);
    }

    [Fact]
    public void Epochs_have_whole_ticks_from_the_first_to_the_last() =>
        Assert.Equal([1, 2, 3, 4], Axis.Over([1, 4], 10, whole: true).Ticks());

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0333333, "0.03333")]
    [InlineData(1.0, "1")]
    [InlineData(109386, "109,386")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.00001, "1e-5")]
    [InlineData(2.5e15, "2.5e+15")]
    public void Numbers_are_said_shortly(double value, string text) => Assert.Equal(text, Axis.Text(value));
}
