using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_page_shows_each_notebook_with_verdicts_messages_and_outputs()
    {
        var html = HtmlReport.Create(
        [
            Result([new StreamOutput("stdout", "hello <world>")], verdict: Verdict.Failed, message: "- old\n+ new"),
            NotebookResult.FromError("torn.ipynb", new NotebookRunException("It is torn.")),
        ]);

        Assert.Contains("2 notebooks, 1 code cell: 1 failed", html, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"stream stdout\">hello &lt;world&gt;</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"message\">- old\n+ new</pre>", html, StringComparison.Ordinal);
        Assert.Contains("It is torn.", html, StringComparison.Ordinal);
        Assert.Contains("<h1>Lesson</h1>", Body(html), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_from_anywhere()
    {
        folder.Write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");

        var html = HtmlReport.Create([Result([TestCell.Displayed("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")], markdown: "![logo](logo.svg)")]);

        Assert.All(Sources().Matches(html), source => Assert.StartsWith("data:", source.Groups[1].Value, StringComparison.Ordinal));
        Assert.Equal(2, Sources().Count(html));
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT SRC='https://example.com/x.js'></SCRIPT>")]
    [InlineData("<iframe src='https://example.com'></iframe>")]
    [InlineData("</template><script>alert(1)</script>")]
    [InlineData("</ template><b>out</b>")]
    [InlineData("<meta http-equiv='refresh' content='0'>")]
    [InlineData("<b title=\"swallows")]
    [InlineData("<!-- swallows")]
    [InlineData("<plaintext>")]
    [InlineData("</textarea><textarea>")]
    public void Html_that_acts_is_shown_in_its_plain_form(string active)
    {
        var output = new DisplayDataOutput(new Dictionary<string, JsonNode?> { ["text/html"] = $"<p>x</p>{active}", ["text/plain"] = "the plain form" }, []);

        var html = Body(HtmlReport.Create([Result([output], markdown: $"Text {active}")]));

        Assert.Contains("<pre>the plain form</pre>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(active, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_that_only_shows_keeps_its_styles_to_itself()
    {
        var html = HtmlReport.Create([Result([TestCell.Displayed("<style>td{color:red}</style><table><tr><td>1</td></tr></table>", "text/html")])]);

        Assert.Matches(@"<template shadowrootmode=""open""><style>[^<]*</style><style>td\{color:red\}</style><table>", html);
    }

    [Fact]
    public void The_best_form_that_needs_no_script_is_shown_with_its_words()
    {
        var output = new DisplayDataOutput(new Dictionary<string, JsonNode?>
        {
            ["application/vnd.vegalite.v5+json"] = new JsonObject(),
            ["text/html"] = "<p>html</p>",
            ["image/png"] = "iVBORw0KGgo=",
            ["text/plain"] = "a \"falling\" loss",
        }, []);

        Assert.Contains("<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"a &quot;falling&quot; loss\">", HtmlReport.Create([Result([output])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_of_a_traceback_become_classes()
    {
        var html = HtmlReport.Create([Result([new ErrorOutput("Error", "late", ["\u001b[1;31mError\u001b[0m: <late>", "  at \u001b[38;5;196mline\u001b[39m 1\u001b[K"])])]);

        Assert.Contains("<span class=\"ansi-bold ansi-red\">Error</span>: &lt;late&gt;\n  at <span style=\"color:rgb(255,0,0)\">line</span> 1</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_pages_own_script_may_run()
    {
        var html = HtmlReport.Create(ReportSample.Results(folder.File("x")), "<title>");

        var script = Script().Match(html).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}';", html, StringComparison.Ordinal);
        Assert.Single(Script().Matches(html));
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline'; script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stored_stands_beside_what_was_shown()
    {
        var result = Result([new StreamOutput("stdout", "loss 0.25\nsame\n")], Verdict.Failed, "Shows something else: stdout.\n- loss 0.50\n+ loss 0.25");
        var cell = result.Cells[0] with { StoredOutputs = [new StreamOutput("stdout", "loss 0.50\nsame\n"), TestCell.Displayed("<b>old</b>", "text/html")], Differences = [new("stdout", "- a\n+ b")] };

        var html = Body(HtmlReport.Create([result with { Cells = [cell] }]));

        Assert.Matches("<td class=\"old\">loss [^\\n]*<mark>[^\\n]*50[^\\n]*</td><td class=\"number\">1</td><td class=\"new\">loss [^\\n]*<mark>[^\\n]*25", html);
        Assert.Contains("<details class=\"message\"><summary>Shows something else: stdout.</summary>", html, StringComparison.Ordinal);
        Assert.Contains("<b>old</b></template>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_each_notebook_and_the_slowest_cells_are_shown()
    {
        var html = Body(HtmlReport.Create(ReportSample.Results(folder.File("x"))));

        Assert.Contains("style=\"flex-grow:12500\" title=\"a/lesson: 12.5 s\"", html, StringComparison.Ordinal);
        Assert.Matches(@"<span class=""slower""[^>]*>2.00 s <small>was 0.50 s</small></span></td><td class=""share"">", html);
        Assert.Contains("<a href=\"#notebook-1-cell-1\">a/lesson, cell 1</a>", html, StringComparison.Ordinal);
        Assert.Contains("123 MB", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_shown_with_their_check_and_cell() =>
        Assert.Contains("<b>links</b> cell 3<pre>There is no gone.md.</pre>", HtmlReport.Create(ReportSample.Results(folder.File("x"))), StringComparison.Ordinal);

    [Fact]
    public void Prose_that_leaves_html_open_or_links_to_a_script_does_not_spoil_the_page()
    {
        var html = Body(HtmlReport.Create([Result([], markdown: "before <!-- never ended\n\n[x](javascript:alert(1)) <div>")]));

        Assert.DoesNotContain("<!-- never", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<div>\n</div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_text_is_cut() =>
        Assert.InRange(HtmlReport.Create([Result([new StreamOutput("stdout", new string('x', 5_000_000))])]).Length, 200_000, 400_000);

    private static string Body(string html) => html[html.IndexOf("<body>", StringComparison.Ordinal)..];

    private NotebookResult Result(IReadOnlyList<CellOutput> outputs, Verdict verdict = Verdict.Passed, string? message = null, string markdown = "# Lesson")
    {
        var json = (JsonObject)JsonNode.Parse(TestNotebook.Json(".net-csharp", "var x = 1;"))!;
        json["cells"]!.AsArray().Insert(0, new JsonObject { ["cell_type"] = "markdown", ["id"] = "m", ["metadata"] = new JsonObject(), ["source"] = markdown });
        return new NotebookResult
        {
            Path = folder.File("lesson.ipynb"),
            Notebook = Notebook.Parse(json.ToJsonString(), "lesson.ipynb"),
            Cells = [new CellResult { Number = 2, FirstLine = "var x = 1;", Verdict = verdict, Outputs = outputs, Message = message }],
        };
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"\b(?:src|srcset|data|poster|background)=""([^""]*)""")]
    private static partial Regex Sources();
}
