using MLflowSharp.Validation;

namespace MLflowSharp.Tests.Validation;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("sub/metric name-with.dots_and:colon")]
    [InlineData("Ääkköset 数字")]
    [InlineData("a..b")]
    public void A_name_of_letters_digits_and_a_few_signs_is_accepted(string key) => Assert.Null(Record.Exception(() => KeyRules.Check(key, "key")));

    [Theory]
    [InlineData("a,b")]
    [InlineData("a=b")]
    [InlineData("a\nb")]
    [InlineData("a\\b")]
    [InlineData("😀")]
    public void Other_signs_are_refused_by_name(string key)
    {
        var error = Assert.Throws<MlflowException>(() => KeyRules.Check(key, "params[3].key"));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith($"Invalid value {KeyRules.Quote(key)} for parameter 'params[3].key' supplied: Names may only contain", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x", "../x")]
    [InlineData("a//b", "a/b")]
    [InlineData("./a", "a")]
    [InlineData("a/", "a")]
    [InlineData("/a", "/a")]
    [InlineData("", ".")]
    [InlineData(".", ".")]
    [InlineData("a/../../b", "../b")]
    [InlineData("//a/../b", "//b")]
    public void A_name_that_is_another_path_is_refused_with_that_path(string key, string resolved)
    {
        var error = Assert.Throws<MlflowException>(() => KeyRules.Check(key, "key"));
        Assert.EndsWith($"This name would resolve to '{resolved}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_has_at_most_250_characters()
    {
        KeyRules.Check(new string('x', 250), "key");
        var error = Assert.Throws<MlflowException>(() => KeyRules.Check(new string('x', 251), "key"));
        Assert.Contains("exceeds the maximum length of 250 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_name_is_said_to_be_missing() =>
        Assert.Equal("Missing value for required parameter 'key'. A key name must be provided.", Assert.Throws<MlflowException>(() => KeyRules.Check(null, "key")).Message);
}
