using MLflowSharp.Search;

namespace MLflowSharp.Tests.Search;

public sealed class PageTokenTests
{
    [Fact]
    public void A_page_that_is_full_has_a_token_for_the_next()
    {
        var page = PageToken.Page([1, 2, 3], offset: 10, maxResults: 2);
        Assert.Equal([1, 2], page);
        Assert.Equal(12, PageToken.Offset(page.Token));
    }

    [Fact]
    public void The_last_page_has_none() => Assert.Null(PageToken.Page([1, 2], offset: 0, maxResults: 2).Token);

    [Fact]
    public void Tokens_are_those_of_MLflow() => Assert.Equal(7, PageToken.Offset("eyJvZmZzZXQiOiA3fQ=="));

    [Theory]
    [InlineData("not base64!")]
    [InlineData("e30=")]
    [InlineData("eyJvZmZzZXQiOiAtMX0=")]
    [InlineData("eyJvZmZzZXQiOiAieCJ9")]
    [InlineData("W10=")]
    [InlineData("bnVsbA==")]
    public void Another_text_is_refused(string token) =>
        Assert.StartsWith("Invalid page token", Assert.Throws<MlflowException>(() => PageToken.Offset(token)).Message, StringComparison.Ordinal);
}
