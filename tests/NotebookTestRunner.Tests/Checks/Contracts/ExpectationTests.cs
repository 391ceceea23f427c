using NotebookTestRunner.Checks.Contracts;

namespace NotebookTestRunner.Tests.Checks.Contracts;

public sealed class ExpectationTests
{
    [Theory]
    [InlineData("Adam", new[] { "Adam" }, new[] { "adam", "Adagrad", "" })]
    [InlineData("0.001", new[] { "0.001", "1e-3", "0.0010" }, new[] { "0.0011", "x" })]
    [InlineData("3", new[] { "3.000000002" }, new[] { "3.00000001" })]
    [InlineData("-3", new[] { "-3.000000002" }, new[] { "3" })]
    [InlineData("1 to 1", new[] { "1", "1.0000000009" }, new[] { "1.00000001", "0.99999999" })]
    [InlineData("0 to 5", new[] { "0", "5" }, new[] { "-0.000001" })]
    [InlineData("True", new[] { "True", "true" }, new[] { "False", "1" })]
    [InlineData("0.97 ±0.02", new[] { "0.97", "0.95", "0.99" }, new[] { "0.949", "0.991", "x", "NaN" })]
    [InlineData("0.97+-0.02", new[] { "0.99" }, new[] { "0.991" })]
    [InlineData("100 ±2 %", new[] { "98", "102" }, new[] { "97.9", "102.1" })]
    [InlineData("0.9 to 1", new[] { "0.9", "0.95", "1" }, new[] { "0.89", "1.01", "x" })]
    [InlineData("at least 0.9", new[] { "0.9", "5" }, new[] { "0.89", "x", "NaN" })]
    [InlineData(">= 0.9", new[] { "0.9" }, new[] { "0.89" })]
    [InlineData("at most 0.9", new[] { "0.9", "-5" }, new[] { "0.91" })]
    [InlineData("<=0.9", new[] { "0.9" }, new[] { "0.91" })]
    [InlineData("above 0.9", new[] { "0.91" }, new[] { "0.9", "0.5" })]
    [InlineData("> 0.9", new[] { "0.91" }, new[] { "0.9" })]
    [InlineData("below 0.9", new[] { "0.89" }, new[] { "0.9", "1" })]
    [InlineData("< 0.9", new[] { "0.89" }, new[] { "0.9" })]
    [InlineData("any", new[] { "", "x" }, new string[0])]
    public void The_short_form_says_what_a_value_is_to_be(string text, string[] allowed, string[] refused)
    {
        var expectation = Expectation.Read(text);

        Assert.All(allowed, value => Assert.True(expectation.Allows(value), value));
        Assert.All(refused, value => Assert.False(expectation.Allows(value), value));
        Assert.False(expectation.Allows(null));
    }

    [Fact]
    public void Something_can_be_expected_not_to_be_there()
    {
        Assert.True(Expectation.Read("absent").Allows(null));
        Assert.False(Expectation.Read("absent").Allows("x"));
    }

    [Fact]
    public void One_of_several_a_part_or_a_pattern_can_be_expected()
    {
        var either = new Expectation.Either([Expectation.Read("1"), Expectation.Read("at least 5")]);

        Assert.True(either.Allows("1") && either.Allows("7"));
        Assert.False(either.Allows("2") || either.Allows(null));
        Assert.True(new Expectation.Containing("da").Allows("Adagrad"));
        Assert.False(new Expectation.Containing("da").Allows("SGD"));
        Assert.False(new Expectation.Containing("da").Allows(null));
        Assert.True(new Expectation.Like(new("^first")).Allows("first steps"));
        Assert.False(new Expectation.Like(new("^first")).Allows("at first") || new Expectation.Like(new("^first")).Allows(null));
        Assert.Equal("an empty text", Expectation.Read("").ToString());
    }

    [Theory]
    [InlineData("0.97 ±0.02", "0.97 ±0.02")]
    [InlineData("100 ±2 %", "100 ±2 %")]
    [InlineData("0.9 to 1", "0.9 to 1")]
    [InlineData(">= 0.9", "at least 0.9")]
    [InlineData("<= 0.9", "at most 0.9")]
    [InlineData("> 0.9", "above 0.9")]
    [InlineData("< 0.9", "below 0.9")]
    [InlineData("two to three", "two to three")]
    [InlineData("at least some", "at least some")]
    public void It_is_told_as_people_say_it(string text, string told) => Assert.Equal(told, Expectation.Read(text).ToString());
}
