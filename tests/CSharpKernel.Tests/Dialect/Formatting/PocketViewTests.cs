namespace CSharpKernel.Tests.Dialect.Formatting;

/// <summary>The expected texts are what .NET Interactive writes.</summary>
public sealed class PocketViewTests : IDisposable
{
    private const string Usings =
        "using Microsoft.DotNet.Interactive.Formatting; using Microsoft.AspNetCore.Html; using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\n";

    private readonly Notebook _notebook = new();

    public static TheoryData<string, string> Views => new()
    {
        { "div[style: \"color:red\", @class: \"x\"](h1(\"a <b>\"), b(i(\"x\")), br, img[src: \"a.png\"])", "<div style=\"color:red\" class=\"x\"><h1>a &lt;b&gt;</h1><b><i>x</i></b><br /><img src=\"a.png\"></img></div>" },
        { "br", "<br />" },
        { "hr", "<hr></hr>" },
        { "div", "<div></div>" },
        { "div(\"é 中 😀 'q' \\\"d\\\" &amp; <>\")", "<div>&#233; 中 &#128512; &#39;q&#39; &quot;d&quot; &amp;amp; &lt;&gt;</div>" },
        { "div[title: \"é 中 'q' \\\"d\\\" & <>\"]()", "<div title=\"é 中 &#39;q&#39; &quot;d&quot; &amp; &lt;>\"></div>" },
        { "div[data_x: 1, @for: \"y\", id: \"i\"](\"t\")", "<div data-x=\"1\" for=\"y\" id=\"i\">t</div>" },
        { "div[disabled: true, hidden: false, x: null, v: 1.5](\"t\")", "<div disabled=\"True\" hidden=\"False\" x v=\"1.5\">t</div>" },
        { "div[\"a\", \"b\"](\"t\")", "<div a b>t</div>" },
        { "div[new Dictionary<string, object> { [\"id\"] = 3 }](\"t\")", "<div id=\"3\">t</div>" },
        { "div[style: \"a\"][@class: \"b\"](\"x\")", "<div style=\"a\" class=\"b\">x</div>" },
        { "div(\"x\")(\"y\")", "<div>y</div>" },
        { "_.article(\"x\")", "<article>x</article>" },
        { "_.p.b(\"x\")", "<b>x</b>" },
        { "a[href: \"http://x?a=1&b=\\\"2\\\"\"](\"link & <\")", "<a href=\"http://x?a=1&amp;b=&quot;2&quot;\">link &amp; &lt;</a>" },
        { "ul(Enumerable.Range(1, 2).Select(n => li($\"{n}\")))", "<ul><li>1</li><li>2</li></ul>" },
        { "div(new[] { b(\"1\"), b(\"2\") }, new HtmlString(\"<q>\"), HTML(\"<u>raw</u>\"))", "<div><b>1</b><b>2</b><q><u>raw</u></div>" },
        { "b(123, 'c', true, 1.5, DateTime.UnixEpoch, new List<string> { \"a\", \"b\" })", "<b><div class=\"dni-plaintext\"><pre>123</pre></div><div class=\"dni-plaintext\"><pre>c</pre></div><div class=\"dni-plaintext\"><pre>True</pre></div><div class=\"dni-plaintext\"><pre>1.5</pre></div><span>1970-01-01 00:00:00Z</span><div class=\"dni-plaintext\"><pre>[ a, b ]</pre></div></b>" },
        { "div((object)null)", "<div><div class=\"dni-plaintext\"><pre>&lt;null&gt;</pre></div></div>" },
        { "div(new HtmlContentBuilder().AppendHtml(\"<i>\").Append(\"<\").AppendHtml(\"</i>\"))", "<div><i>&lt;</i></div>" },
        { "script(HTML(\"a < b\"))", "<script>a < b</script>" },
        { "svg[width: 100, height: 50](circle[cx: 5, cy: 5, r: 4, fill: \"red\"], rect[x: 1])", "<svg width=\"100\" height=\"50\"><circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"red\"></circle><rect x=\"1\"></rect></svg>" },
        { "table(thead(tr(th(\"A\"))), tbody(tr(td(\"x\"))))", "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>" },
        { "details[open: true](summary(\"s\"), \"text\")", "<details open=\"True\"><summary>s</summary>text</details>" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_view_is_written_as_NET_Interactive_writes_it(string code, string html)
    {
        await _notebook.RunWellAsync(Usings);

        var shown = await _notebook.RunWellAsync(code);

        Assert.Equal(html, (string)shown.Result["text/html"]!);
        Assert.Equal("", shown.Stderr);
    }

    [Fact]
    public async Task A_view_may_stand_in_objects_and_tables_and_be_displayed()
    {
        await _notebook.RunWellAsync(Usings);

        var shown = await _notebook.RunWellAsync("display(span(\"y\")); h1(\"z\").Display(); display(new { V = b(\"bold\") }); new[] { new { V = b(\"1\"), N = 1 }, new { V = b(\"2\"), N = 2 } }");

        Assert.Equal(["<span>y</span>", "<h1>z</h1>"], shown.Displays.Take(2).Select(each => (string)each.Data!["text/html"]!));
        Assert.Equal("y", (string)shown.Displays[0].Data!["text/plain"]!);
        Assert.Contains("<td><b>bold</b></td>", (string)shown.Displays[2].Data!["text/html"]!, StringComparison.Ordinal);
        Assert.Contains("<tr><td><b>1</b></td><td>1</td></tr>", (string)shown.Result["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_has_a_tag_with_attributes()
    {
        await _notebook.RunWellAsync(Usings);

        Assert.Equal("<div id=\"k\" class=\"c2 c1\">x</div>", (await _notebook.RunWellAsync(
            "PocketView v = div(\"x\"); v.HtmlAttributes[\"id\"] = \"k\"; v.HtmlAttributes.AddCssClass(\"c1\"); v.HtmlAttributes.AddCssClass(\"c2\"); v.ToString()")).ResultText);
        Assert.Equal("<b>x<</b>xa&lt;", (await _notebook.RunWellAsync("new HtmlTag(\"b\", \"x<\").ToString() + \"x\".ToHtmlContent() + \"a<\".HtmlEncode()")).ResultText);
        Assert.Equal("<style>\ndiv > p {\n  color: red;\n}\n</style>", (await _notebook.RunWellAsync("new Style { { \"div > p\", (\"color\", \"red\") } }.ToString()")).ResultText);
    }

    [Fact]
    public async Task An_attribute_without_a_name_is_refused_in_words()
    {
        await _notebook.RunWellAsync(Usings);

        Assert.Contains("name: value", (await _notebook.RunAsync("div[3](\"t\")")).Error.Value, StringComparison.Ordinal);
    }

    public void Dispose() => _notebook.Dispose();
}
