using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

public sealed class HtmlShapeTests
{
    [Theory]
    [InlineData("plain text with a < b and <")]
    [InlineData("<table class=\"a>b\" border=1><tr><td title='x'>1</table>")]
    [InlineData("<!-- a comment --><b>x</b>")]
    [InlineData("<style>a > b { content: '<'; }</style><i>x</i>")]
    [InlineData("<a href=/x/y?z>link</a><br/><input disabled>")]
    public void Html_that_ends_where_it_seems_to_is_closed(string html) => Assert.True(HtmlShape.IsClosed(html));

    [Theory]
    [InlineData("<b>x</b><!-- never ended")]
    [InlineData("<b title=\"never ended")]
    [InlineData("<b title='never ended><i>x</i>")]
    [InlineData("<b never ended")]
    [InlineData("<style>b { color: red }")]
    [InlineData("<b \"> <i title=\" >")]
    [InlineData("<b a=x=\" > <i c=\" >")]
    [InlineData("<!--> swallowed -->")]
    [InlineData("<!-- a --!> b -->")]
    [InlineData("<![CDATA[ x ]]>")]
    [InlineData("<b <i>>")]
    public void Html_that_would_swallow_what_follows_is_not(string html) => Assert.False(HtmlShape.IsClosed(html));

    [Theory]
    [InlineData("<p>one<p>two <b>x</b><br>", true)]
    [InlineData("<div><span>x</span>", false)]
    [InlineData("x</div></section>", false)]
    [InlineData("<b><i>x</b></i>", false)]
    [InlineData("<svg><path d='M0 0'/></svg>", true)]
    public void Elements_that_do_not_end_are_seen(string html, bool balanced) => Assert.Equal(balanced, HtmlShape.IsBalanced(html));
}
