using NotebookTestRunner.Checks.Contracts;

namespace NotebookTestRunner.Tests.Checks.Contracts;

public sealed class AmountTests
{
    [Theory]
    [InlineData("2", "exactly 2", 2, new[] { 1, 3 })]
    [InlineData("exactly 2", "exactly 2", 2, new[] { 1, 3 })]
    [InlineData("at least 2", "at least 2", 5, new[] { 1, 0 })]
    [InlineData("at most 2", "at most 2", 0, new[] { 3 })]
    [InlineData("2 to 4", "2 to 4", 4, new[] { 1, 5 })]
    [InlineData("3 to 3", "exactly 3", 3, new[] { 2, 4 })]
    [InlineData("2-4", "2 to 4", 2, new[] { 1, 5 })]
    [InlineData("none", "none", 0, new[] { 1 })]
    [InlineData("0", "none", 0, new[] { 1 })]
    [InlineData("some", "at least 1", 1, new[] { 0 })]
    [InlineData("any", "any number", 0, new int[0])]
    public void An_amount_is_read_and_told(string text, string told, int allowed, int[] refused)
    {
        var amount = Amount.Read(text);

        Assert.NotNull(amount);
        Assert.Equal(told, amount.ToString());
        Assert.True(amount.Allows(allowed));
        Assert.All(refused, count => Assert.False(amount.Allows(count)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two")]
    [InlineData("-1")]
    [InlineData("4 to 2")]
    [InlineData("at least 2 to 3")]
    [InlineData("99999999999")]
    public void What_is_no_amount_is_none(string text) => Assert.Null(Amount.Read(text));
}
