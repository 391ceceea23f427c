using System.Text.RegularExpressions;
using NotebookTestRunner.Checks.Contracts.Reading;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Tests.Checks.Contracts.Reading;

public sealed class ContractNodeTests
{
    [Theory]
    [InlineData("{equals: 5}", new[] { "5" }, new[] { "4" })]
    [InlineData("{equals: 100, within: 2 %}", new[] { "98", "102" }, new[] { "97.9", "102.1" })]
    [InlineData("{equals: 100, within: 2}", new[] { "98", "102" }, new[] { "97.9", "103" })]
    [InlineData("{equals: 200, within: 2 %}", new[] { "196" }, new[] { "195" })]
    [InlineData("{from: 3}", new[] { "3", "9" }, new[] { "2.9" })]
    [InlineData("{to: 3}", new[] { "3", "-9" }, new[] { "3.1" })]
    [InlineData("{from: 1, to: 3}", new[] { "1", "3" }, new[] { "0.9", "3.1" })]
    [InlineData("{one-of: [a, b]}", new[] { "a", "b" }, new[] { "c" })]
    [InlineData("[a, b]", new[] { "a", "b" }, new[] { "c" })]
    [InlineData("{matches: '^a+$'}", new[] { "aa" }, new[] { "ab" })]
    [InlineData("{contains: a}", new[] { "bab" }, new[] { "b" })]
    public void A_mapping_says_what_a_value_is_to_be(string text, string[] allowed, string[] refused)
    {
        var expectation = Node(text).Expectation();

        Assert.All(allowed, value => Assert.True(expectation.Allows(value), value));
        Assert.All(refused, value => Assert.False(expectation.Allows(value), value));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    public void Yes_and_no_are_read(string text, bool value) => Assert.Equal(value, Node(text).Boolean("only"));

    [Fact]
    public void What_is_neither_yes_nor_no_is_refused() =>
        Assert.Contains("only is \"perhaps\": write true or false", Assert.Throws<NotebookRunException>(() => Node("perhaps").Boolean("only")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_share_that_is_no_number_is_refused() =>
        Assert.Contains("within is to be a number", Assert.Throws<NotebookRunException>(() => Node("{equals: 1, within: much}").Expectation()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_tries_too_many_ways_is_stopped() =>
        Assert.Throws<RegexMatchTimeoutException>(() => Node("(a+)+$").Pattern().IsMatch(new string('a', 60) + "!"));

    private static ContractNode Node(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new ContractNode(yaml.Documents[0].RootNode, line => $"line {line}");
    }
}
