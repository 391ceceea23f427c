using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.Tests.LightPages.Writing;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onclick=\"x", "&quot; onclick=&quot;x")]
    [InlineData("' & ä ✓", "&#x27; &amp; ä ✓")]
    public void What_is_put_in_is_encoded(string text, string encoded)
    {
        Html html = $"<p title=\"{text}\">{text}</p>";

        Assert.Equal($"<p title=\"{encoded}\">{encoded}</p>", html.ToString());
    }

    [Fact]
    public void HTML_that_is_put_in_stays_HTML_and_nothing_is_nothing()
    {
        string? nothing = null;
        Html item = $"<b>{1.5}</b>";
        Html html = $"{item}{new[] { item, item }}{nothing}{Html.If(false, () => item)}{Html.If(true, () => $"<i>{"<"}</i>")}";

        Assert.Equal("<b>1.5</b><b>1.5</b><b>1.5</b><i>&lt;</i>", html.ToString());
    }

    [Theory]
    [InlineData("**good** <img src=x onerror=alert(1)>", "<strong>good</strong> &lt;img")]
    [InlineData("[click](javascript:alert(1))", "<a href=\"#\">click</a>")]
    [InlineData("[click](data:text/html,x)", "<a href=\"#\">click</a>")]
    [InlineData("[click][x]\n\n[x]: javascript:alert(1)", "<a href=\"#\">click</a>")]
    [InlineData("[click](<java&#115;cript:alert(1)>)", "<a href=\"#\">click</a>")]
    [InlineData("[click](../../graphql)", "<a href=\"#\">click</a>")]
    [InlineData("[click](https://example.org \"a\\\" onclick=\\\"b\")", "title=\"a&quot; onclick=&quot;b\"")]
    [InlineData("<javascript:alert(1)>", "<a href=\"#\">")]
    [InlineData("![picture](https://elsewhere/x.png)", "<a href=\"https://elsewhere/x.png\">picture</a>")]
    [InlineData("[page](https://example.org/)", "<a href=\"https://example.org/\">page</a>")]
    public void Markdown_of_others_does_nothing(string markdown, string part)
    {
        var html = SafeMarkdown.Render(markdown).ToString();

        Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"javascript:", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("run?id=1", true)]
    [InlineData("model-version?name=a", true)]
    [InlineData("//elsewhere/", false)]
    [InlineData("https://elsewhere/", false)]
    [InlineData("../graphql", false)]
    [InlineData("run\r\nSet-Cookie: x", false)]
    [InlineData("run?x=\r\nSet-Cookie: x", false)]
    [InlineData("javascript:x", false)]
    [InlineData("", false)]
    public void An_address_that_leads_elsewhere_is_none_of_ours(string address, bool isOurs) => Assert.Equal(isOurs, Address.IsOurs(address));

    [Fact]
    public void Values_are_encoded_in_addresses() => Assert.Equal("model?name=a%26b%3D%22%2F", Address.Model("a&b=\"/"));
}
