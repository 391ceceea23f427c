using NotebookTestRunner.Checks.Prose;

namespace NotebookTestRunner.Tests.Checks.Prose;

public sealed class ShownNumberTests
{
    [Theory]
    [InlineData("accuracy of 97.8 %", 97.8, "%", 0.05)]
    [InlineData("97.8%", 97.8, "%", 0.05)]
    [InlineData("97.8\u00a0%", 97.8, "%", 0.05)]
    [InlineData("97.8&nbsp;%", 97.8, "%", 0.05)]
    [InlineData("MNIST's 60,000 training", 60_000, "training", 0.5)]
    [InlineData("109,386", 109_386, "", 0.5)]
    [InlineData("1,234,567.25", 1_234_567.25, "", 0.005)]
    [InlineData("10\u202f000", 10_000, "", 0.5)]
    [InlineData("12_500", 12_500, "", 0.5)]
    [InlineData("about \u22123.50", -3.5, "", 0.005)]
    [InlineData("-2", -2, "", 0.5)]
    [InlineData("a gain of +0.4", 0.4, "", 0.05)]
    [InlineData("1e-3", 0.001, "", 0.0005)]
    [InlineData("2.50e+06", 2_500_000, "", 5000)]
    [InlineData("1990-2000", 2000, "", 0.5)]
    [InlineData("28 × 28 pixels", 28, "pixels", 0.5)]
    [InlineData("a 28-pixel", 28, "pixel", 0.5)]
    [InlineData("12 µs", 12, "µs", 0.5)]
    [InlineData("in 3.5 s", 3.5, "s", 0.05)]
    [InlineData("Six ticks", 6, "ticks", 0.5)]
    [InlineData("the first forty", 40, "", 0.5)]
    [InlineData("about ninety-eight images", 98, "images", 0.5)]
    [InlineData("zero", 0, "", 0.5)]
    public void A_number_is_read_as_people_write_it(string text, double value, string unit, double rounding)
    {
        var number = ShownNumber.ReadEnd(text);

        Assert.NotNull(number);
        Assert.Equal((value, unit, rounding), (number.Value, number.Unit, Math.Round(number.Rounding, 10)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Adam")]
    [InlineData("the optimizer Adam")]
    [InlineData("layer3")]
    [InlineData("MLflow 3.17.2")]
    [InlineData("97.8 % of all images")]
    [InlineData("12.")]
    [InlineData("1e999")]
    public void What_ends_with_no_number_is_none(string text) => Assert.Null(ShownNumber.ReadEnd(text));

    [Theory]
    [InlineData("97.8 %", true)]
    [InlineData(" 5 ", true)]
    [InlineData("5 and 6", false)]
    [InlineData("six", false)]
    public void A_value_is_a_number_when_it_is_nothing_else(string text, bool isNumber) => Assert.Equal(isNumber, ShownNumber.Read(text) is not null);

    [Fact]
    public void All_numbers_of_a_text_are_found() => Assert.Equal([97.8, -2, 60_000, 0.001], ShownNumber.All("accuracy 97.8 %, gain -2; 60,000 images, rate 1e-3, layer3"));

    [Theory]
    [InlineData("97.8", 93.14, "93.1")]
    [InlineData("97.8", 9, "9.0")]
    [InlineData("98", 93.1, "93")]
    [InlineData("60,000", 1234567.8, "1,234,568")]
    [InlineData("1,000", 12, "12")]
    [InlineData("1000", 2000, "2000")]
    [InlineData("10\u202f000", 25000, "25\u202f000")]
    [InlineData("\u22123.5", -4.25, "\u22124.3")]
    [InlineData("-3.5", -4.5, "-4.5")]
    [InlineData("-3.5", 0.01, "0.0")]
    [InlineData("0.1", -0.04, "0.0")]
    [InlineData("+0.4", 0.7, "+0.7")]
    [InlineData("+0.4", -0.7, "-0.7")]
    [InlineData("1e-05", 0.0002, "2e-04")]
    [InlineData("2.5E+06", 12_500, "1.3E+04")]
    [InlineData("9e3", 9_960, "1e4")]
    [InlineData("1e3", 0, "0e0")]
    [InlineData("Six", 7, "Seven")]
    [InlineData("six", 45, "forty-five")]
    [InlineData("six", 120, "120")]
    [InlineData("six", 2.5, "2.5")]
    public void Another_number_is_written_in_the_same_form(string old, double value, string written) => Assert.Equal(written, ShownNumber.ReadEnd(old)!.Write(value));

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(2.5)]
    public void What_has_no_word_is_written_in_digits(double value) => Assert.Null(NumberWord.Write(value));

    [Fact]
    public void Every_word_is_read_as_it_is_written() =>
        Assert.All(Enumerable.Range(0, 100), value => Assert.Equal(value, NumberWord.Read(NumberWord.Write(value)!)));
}
