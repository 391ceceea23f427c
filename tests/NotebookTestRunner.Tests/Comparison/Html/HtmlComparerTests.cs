using NotebookTestRunner.Comparison;
using NotebookTestRunner.Comparison.Html;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison.Html;

public sealed class HtmlComparerTests
{
    [Theory]
    [InlineData("<p class='b a' id='x'>hi</p>", "<p id=\"x\"  class=\"a b a\" >hi</p>")]
    [InlineData("<div>\n  <p>one\n two</p>\n\n</div>", "<div><p>one two</p></div>")]
    [InlineData("<ul><li>a</li> <li>b</li></ul>", "<ul>\n<li> a </li><li>b\n</ul>")]
    [InlineData("<p style='color: red; Width:1px'>x</p>", "<p style='width: 1px;color:red;'>x</p>")]
    [InlineData("<input checked>", "<input checked=''>")]
    [InlineData("<p>a<!-- one --> b</p>", "<p>a<!-- two --> b</p>")]
    [InlineData("<P>x</P>", "<p>x")]
    [InlineData("<p>a &amp; b &#233;</p>", "<p>a & b é</p>")]
    [InlineData("<p>took 3 s</p>", "<p>took 99 s</p>")]
    [InlineData("<p title='at 10:30'>x</p>", "<p title='at 11:45'>x</p>")]
    [InlineData("<div id='plot-3f2a9c81'></div><script>draw('plot-3f2a9c81')</script>", "<div id='plot-77b0d1e5'></div><script>draw('plot-77b0d1e5')</script>")]
    [InlineData("<a href='#0c7f2a11-8a44-4a5e-9e1d-abcdefabcdef'>x</a><b id='0c7f2a11-8a44-4a5e-9e1d-abcdefabcdef'></b>", "<a href='#aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'>x</a><b id='aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'></b>")]
    [InlineData("<svg><path d='M 1.00000001 2'/></svg>", "<svg><path d='M 1 2'/></svg>")]
    public void What_says_the_same_agrees(string stored, string now) => Assert.Null(Difference(stored, now));

    [Theory]
    [InlineData("<p>a</p>", "<p>b</p>", "body/p: stored \"a\", now \"b\"")]
    [InlineData("<p>1</p><p>2</p>", "<p>1</p><p>3</p>", "body/p[2]: stored \"2\", now \"3\" (+50 %)")]
    [InlineData("<p class='a'>x</p>", "<p class='b'>x</p>", "body/p, attribute class: stored \"a\", now \"b\"")]
    [InlineData("<p>x</p>", "<p hidden>x</p>", "body/p, attribute hidden: stored nothing, now \"\"")]
    [InlineData("<p style='color:red'>x</p>", "<p style='color:blue'>x</p>", "body/p, attribute style: stored \"color: red\", now \"color: blue\"")]
    [InlineData("<b>a</b> <b>b</b>", "<b>a</b><b>b</b>", "body:\n  <b>\n    a\n- ␣\n  <b>\n    b")]
    [InlineData("a <b>x</b>", "a<b>x</b>", "body: stored \"a \", now \"a\"")]
    [InlineData("<pre>a  b</pre>", "<pre>a b</pre>", "body/pre: stored \"a  b\", now \"a b\"")]
    [InlineData("<p>x</p>", "<div>x</div>", "body:\n- <p>\n+ <div>\n?  ^^^\n    x")]
    [InlineData("<p>cаt</p>", "<p>cat</p>", "body/p: stored \"cаt\", now \"cat\" (U+0430 → U+0061, which look alike)")]
    [InlineData("<div id='summary'></div>", "<div id='details'></div>", "body/div, attribute id: stored \"summary\", now \"details\"")]
    [InlineData("<i id='a1b2c3'></i><i id='d4e5f6'></i><a href='#a1b2c3'>x</a>", "<i id='a1b2c3'></i><i id='d4e5f6'></i><a href='#d4e5f6'>x</a>", "body/a, attribute href: stored \"#generated-1\", now \"#generated-2\"")]
    [InlineData("<script>draw(1)</script>", "<script>draw(2)</script>", "head/script: stored \"draw(1)\", now \"draw(2)\"")]
    public void What_says_something_else_is_named_by_its_place(string stored, string now, string difference) => Assert.Equal(difference, Difference(stored, now));

    [Fact]
    public void Tables_are_compared_cell_by_cell_whatever_their_made_up_ids()
    {
        Assert.Null(Difference(Page("8f3a2", "0.12", "a"), Page("bcdef", "0.12", "a")));
        Assert.Equal(
            "table 1, row 2, column 2 (\"loss\"): stored \"0.12\", now \"0.15\" (+25 %)\ntable 1, row 2, column 3 (\"run\"): stored \"a\", now \"b\"",
            Difference(Page("8f3a2", "0.12", "a"), Page("12345", "0.15", "b")));
        Assert.Null(Difference(Page("8f3a2", "0.100", "a"), Page("8f3a2", "0.101", "a"), new() { Tolerance = new(0.01) }));

        static string Page(string id, string loss, string run) => $"""
            <style type="text/css">#T_{id}_row0_col1 {"{"} color: red; {"}"}</style>
            <table id="T_{id}" class="dataframe"><thead><tr><th></th><th>loss</th><th>run</th></tr></thead>
            <tbody><tr><th>0</th><td id="T_{id}_row0_col0">{loss}</td><td id="T_{id}_row0_col1">{run}</td></tr></tbody></table>
            """;
    }

    [Fact]
    public void Columns_are_counted_over_cells_that_span_several() =>
        Assert.Equal(
            "table 1, row 2, column 4 (\"c\"): stored \"4\", now \"5\" (+25 %)",
            Difference(
                "<table><tr><th colspan=3>a</th><th>c</th></tr><tr><td colspan=2>1</td><td>3</td><td>4</td></tr></table>",
                "<table><tr><th colspan=3>a</th><th>c</th></tr><tr><td colspan=2>1</td><td>3</td><td>5</td></tr></table>"));

    [Fact]
    public void A_row_more_or_less_is_shown_among_the_others() =>
        Assert.Equal(
            "table 1: stored 2 rows of 2 cells, now 3 rows of 2 cells\n  a | 1\n+ x | 9\n  b | 2",
            Difference("<table><tr><td>a<td>1<tr><td>b<td>2</table>", "<table><tr><td>a<td>1<tr><td>x<td>9<tr><td>b<td>2</table>"));

    [Fact]
    public void A_column_more_is_told_and_so_are_headings_that_became_cells()
    {
        Assert.StartsWith("table 1: stored 1 row of 1 cells, now 1 row of 2 cells\n", Difference("<table><tr><td>a</table>", "<table><tr><td>a<td>b</table>"), StringComparison.Ordinal);
        Assert.StartsWith("table 1: stored 1 row", Difference("<table><tr><th>a</table>", "<table><tr><td>a</table>"), StringComparison.Ordinal);
        Assert.Equal("table 1, row 1: stored in thead, now in tbody", Difference("<table><thead><tr><th>a</table>", "<table><tbody><tr><th>a</table>"));
    }

    [Fact]
    public void Tables_inside_tables_and_several_tables_have_numbers() =>
        Assert.Equal(
            "table 2, row 1, column 1: stored \"1\", now \"2\" (+100 %)\ntable 3, row 1, column 1: stored \"x\", now \"y\"",
            Difference("<table><tr><td><table><tr><td>1</table></table><table><tr><td>x</table>", "<table><tr><td><table><tr><td>2</table></table><table><tr><td>y</table>"));

    [Fact]
    public void A_caption_counts() =>
        Assert.Contains("table 1/caption: stored \"old\", now \"new\"", Difference("<table><caption>old</caption><tr><td>a</table>", "<table><caption>new</caption><tr><td>a</table>"), StringComparison.Ordinal);

    [Fact]
    public void Many_differences_are_counted_after_twenty()
    {
        var difference = Difference(Rows("a"), Rows("b"));

        Assert.Equal(21, difference!.Split('\n').Length);
        Assert.EndsWith("… and 80 more", difference, StringComparison.Ordinal);

        static string Rows(string cell) => $"<table>{string.Concat(Enumerable.Repeat($"<tr><td>{cell}</td></tr>", 100))}</table>";
    }

    [Fact]
    public void A_normalizer_of_the_authors_own_may_be_about_the_markup() =>
        Assert.Null(Difference("<p data-token='tok_1'>tok_1</p>", "<p data-token='tok_22'>tok_22</p>", new() { Normalizers = [Normalizer.Create("token", "tok_[0-9]+", "<token>", false, "here")] }));

    [Fact]
    public void Pages_that_are_too_deep_or_too_long_are_compared_as_text_which_a_note_says()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 100_000));
        var found = new OutputComparer().Compare([Displayed(deep + "a", "text/html")], [Displayed(deep + "b", "text/html")]);

        Assert.Single(found.Differences);
        Assert.Contains("compared as text", Assert.Single(found.Notes), StringComparison.Ordinal);
        Assert.Contains("compared as text", Assert.Single(new OutputComparer().Compare([Long("a ")], [Long("a")]).Notes), StringComparison.Ordinal);

        static CellOutput Long(string end) => Displayed(new string('x', 4_000_001) + end, "text/html");
    }

    [Theory]
    [InlineData(199, true)]
    [InlineData(200, false)]
    public void A_page_is_read_down_to_a_depth(int depth, bool isRead) => Assert.Equal(isRead, HtmlReader.Read(string.Concat(Enumerable.Repeat("<div>", depth))) is not null);

    [Theory]
    [InlineData("<p>", 5000, true)]
    [InlineData("<p>", 5001, false)]
    [InlineData("<p></p>", 6000, true)]
    [InlineData("<br>", 6000, true)]
    public void A_page_with_very_many_tags_that_are_not_ended_is_not_read(string tags, int times, bool isRead) => Assert.Equal(isRead, HtmlReader.Read(string.Concat(Enumerable.Repeat(tags, times))) is not null);

    [Theory]
    [InlineData("a<!-- seen by nobody -->b", "ab", true)]
    [InlineData("a <!-- --> b", "a b", true)]
    [InlineData("<pre>a <!-- --> b</pre>", "<pre>a  b</pre>", true)]
    [InlineData("<pre>a <!-- --> b</pre>", "<pre>a b</pre>", false)]
    [InlineData("<p>a </p>", "<p>a</p>", true)]
    [InlineData("<p> a</p>", "<p>a</p>", true)]
    [InlineData("<p><b>x</b> a</p>", "<p><b>x</b>a</p>", false)]
    [InlineData("a <p>x</p> b", "a<p>x</p>b", true)]
    [InlineData("a <b>x</b>", "a<b>x</b>", false)]
    [InlineData("<b>a </b>x", "<b>a</b>x", false)]
    [InlineData("<b>a </b> x", "<b>a</b> x", false)]
    [InlineData("<b>a </b> x", "<b>a </b>x", true)]
    [InlineData("<p>a <b>x </b></p>", "<p>a <b>x</b></p>", true)]
    [InlineData("<p>a <b> x</b></p>", "<p>a <b>x</b></p>", true)]
    [InlineData("a <b></b><p>x</p>", "a<b></b><p>x</p>", true)]
    [InlineData("<b> </b><p>x</p>", "<b></b><p>x</p>", true)]
    [InlineData("a <img> b", "a<img> b", false)]
    [InlineData("a <img> b", "a <img>b", false)]
    [InlineData("<button> Go </button> b", "<button>Go</button> b", true)]
    [InlineData("<button>Go</button> b", "<button>Go</button>b", false)]
    [InlineData("a <br> b", "a<br>b", true)]
    [InlineData("<pre>a <b>x</b></pre>", "<pre>a<b>x</b></pre>", false)]
    [InlineData("<pre>a <b>x </b></pre>", "<pre>a <b>x</b></pre>", true)]
    [InlineData("<pre>a <b> x</b></pre>", "<pre>a <b>x</b></pre>", false)]
    [InlineData("<i style='Background:  url(a:b);color: red'>x</i>", "<i style='color:red; background: url(a:b)'>x</i>", true)]
    [InlineData("<i style='background: url(a:b)'>x</i>", "<i style='background: url(a:c)'>x</i>", false)]
    [InlineData("<i class='b a  b'>x</i>", "<i class='a b'>x</i>", true)]
    [InlineData("<i class='p0a5c2e1f77'>x</i>", "<i class='pffe0123456'>x</i>", true)]
    [InlineData("<table><tr class='a'><td>1</td></tr></table>", "<table><tr class='b'><td>1</td></tr></table>", false)]
    [InlineData("<table><tr><td class='a'>1</td></tr></table>", "<table><tr><td class='b'>1</td></tr></table>", false)]
    public void Pages_that_look_the_same_agree(string stored, string now, bool agree) => Assert.Equal(agree, Difference(stored, now) is null);

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Twenty_places_are_told(int places, bool isMore)
    {
        var lines = Difference(Page("old"), Page("new"))!.Split('\n');

        Assert.Equal(isMore ? 21 : 20, lines.Length);
        Assert.Equal(isMore, lines[^1] == "… and 1 more");

        string Page(string text) => string.Concat(Enumerable.Range(0, places).Select(i => $"<p>{text} {i}</p>"));
    }

    [Fact]
    public void The_heading_of_a_column_is_told_below_it_and_not_beside_it()
    {
        Assert.Contains("row 2, column 2 (\"Loss\")", Difference(Table("Loss", "1"), Table("Loss", "2")), StringComparison.Ordinal);
        Assert.DoesNotContain("(\"", Difference(Table("Loss", "1"), Table("Gain", "1")), StringComparison.Ordinal);

        static string Table(string heading, string value) => $"<table><tr><th>Epoch</th><th>{heading}</th></tr><tr><td>1</td><td>{value}</td></tr></table>";
    }

    private static string? Difference(string stored, string now, ComparisonOptions? options = null)
    {
        var comparison = new OutputComparer(options).Compare([Displayed(stored, "text/html")], [Displayed(now, "text/html")]);
        return comparison.Agrees ? null : Assert.Single(comparison.Differences).Text;
    }
}
