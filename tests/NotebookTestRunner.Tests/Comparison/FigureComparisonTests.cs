using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

/// <summary>Figures: JSON and SVG by structure.</summary>
public sealed class FigureComparisonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"a":1.0}""", null)]
    [InlineData("""{"y":[1,0.30000000000000004]}""", """{"y":[1,0.3]}""", null)]
    [InlineData("""{"y":[1,2]}""", """{"y":[1,2.1]}""", "$.y[1]: stored 2, now 2.1 (+5 %)")]
    [InlineData("""{"y":[1,2]}""", """{"y":[1]}""", "$.y: stored 2 items, now 1")]
    [InlineData("""{"y":1}""", """{}""", "$.y: stored, but no longer there")]
    [InlineData("""{}""", """{"y":1}""", "$.y: not stored, but there now")]
    [InlineData("""{"y":"1"}""", """{"y":1}""", "$.y: stored \"1\", now 1")]
    [InlineData("""{"y":null}""", """{"y":false}""", "$.y: stored null, now false")]
    [InlineData("""{"a":1,"b":{"c":"x"}}""", """{"a":2,"b":{"c":"y"}}""", "$.a: stored 1, now 2 (+100 %)\n$.b.c: stored \"x\", now \"y\"")]
    [InlineData("""{"count":10000000}""", """{"count":10000001}""", "$.count: stored 10000000, now 10000001 (+1E-05 %)")]
    [InlineData("""{"y":"at 10:30"}""", """{"y":"at 10:31"}""", null)]
    public void Json_is_compared_by_structure(string stored, string now, string? difference) =>
        Assert.Equal(difference, Difference(Json(stored), Json(now)));

    [Theory]
    [InlineData("#6e8cb2", "#6e8cb2", 0, true)]
    [InlineData("#6e8cb2", "#6E8CB2", 0, true)]
    [InlineData("#6e8cb2", "#6e8cb3", 0, false)]
    [InlineData("#6e8cb2", "#6987ae", 0.02, true)]
    [InlineData("#6e8cb2", "#6987ae", 0.01, false)]
    [InlineData("#00ff00", "#ff00ff", 0.9, false)]
    [InlineData("#00ff00", "green", 0.9, false)]
    public void A_colour_may_differ_by_the_share_that_numbers_may(string stored, string now, double tolerance, bool agrees)
    {
        var comparison = new OutputComparer(new() { Tolerance = new(tolerance) }).Compare([Figure(stored)], [Figure(now)]);

        Assert.Equal(agrees, comparison.Agrees);

        static CellOutput Figure(string colour) => Displayed($"<svg><g stroke='{colour}'/></svg>", "image/svg+xml");
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Ten_places_that_differ_are_told(int places, bool isMore)
    {
        var lines = Difference(Json($"[{string.Join(',', Enumerable.Range(0, places))}]"), Json($"[{string.Join(',', Enumerable.Repeat("-1", places))}]"))!.Split('\n');

        Assert.Equal(isMore ? 11 : 10, lines.Length);
        Assert.Equal(isMore ? "… and more" : "$[9]: stored 9, now -1 (-111 %)", lines[^1]);
        Assert.Equal("$[0]: stored 0, now -1 (-1)", lines[0]);
    }

    [Theory]
    [InlineData(118, false)]
    [InlineData(119, true)]
    public void A_long_value_is_cut(int length, bool isCut)
    {
        var text = new string('x', length);

        Assert.Equal(isCut ? $"$: stored \"{text}…, now 1" : $"$: stored \"{text}\", now 1", Difference(Json($"\"{text}\""), Json("1")));
    }

    [Theory]
    [InlineData(120, false)]
    [InlineData(121, true)]
    public void A_long_attribute_is_cut(int length, bool isCut)
    {
        var text = new string('x', length);

        Assert.Equal($"svg/@a: stored \"{text[..120]}{(isCut ? "…" : "")}\", now \"y\"", Svg($"<svg a='{text}'/>", "<svg a='y'/>"));
    }

    [Fact]
    public void The_first_element_that_differs_is_told() =>
        Assert.Equal("svg/g[1]/@a: stored \"1\", now \"3\"", Svg("<svg><g a='1'/><g a='2'/></svg>", "<svg><g a='3'/><g a='4'/></svg>"));

    [Theory]
    [InlineData(499, "svg/g[1]/")]
    [InlineData(500, "svg/g[1]/")]
    [InlineData(501, "not the same text as stored, and nested too deep to be compared by structure")]
    public void A_figure_is_compared_by_structure_down_to_a_depth(int depth, string difference)
    {
        Assert.StartsWith(difference, Svg(Nested(depth, "1"), Nested(depth, "2")), StringComparison.Ordinal);
        Assert.StartsWith(depth > 500 ? difference : "svg", Svg(Nested(depth, "1"), "<svg/>"), StringComparison.Ordinal);
        Assert.StartsWith(depth > 500 ? difference : "svg", Svg("<svg/>", Nested(depth, "1")), StringComparison.Ordinal);

        static string Nested(int depth, string value) => $"<svg>{string.Concat(Enumerable.Repeat("<g>", depth - 1))}<g a='{value}'/>{string.Concat(Enumerable.Repeat("</g>", depth - 1))}</svg>";
    }

    [Theory]
    [InlineData("<svg><g a='1' b='2'/></svg>", "<svg>\n <g b='2' a='1'></g>\n</svg>", null)]
    [InlineData("<svg><path d='M 1.0000001 2'/></svg>", "<svg><path d='M 1 2'/></svg>", null)]
    [InlineData("<svg><path d='M 1 2'/></svg>", "<svg><path d='M 1 3'/></svg>", "svg/path[1]/@d: stored \"M 1 2\", now \"M 1 3\"")]
    [InlineData("<svg><text>3</text></svg>", "<svg><text>8</text></svg>", "svg/text[1]: stored text \"3\", now \"8\"")]
    [InlineData("<svg><g/></svg>", "<svg><g/><g/></svg>", "svg: stored 1 elements inside, now 2")]
    [InlineData("<svg><g/></svg>", "<svg><a/></svg>", "svg/g[1]: stored <g>, now <a>")]
    [InlineData("<svg><g id='x'/></svg>", "<svg><g/></svg>", "svg/g[1]/@id: stored \"x\", now nothing")]
    [InlineData("<svg><clipPath id='p0a5c2e1f77'/><g clip-path='url(#p0a5c2e1f77)'/></svg>", "<svg><clipPath id='pffe0123456'/><g clip-path='url(#pffe0123456)'/></svg>", null)]
    [InlineData("<svg><i id='p0a5c2e1f77'/><i id='p1111111111'/><g href='#p0a5c2e1f77'/></svg>", "<svg><i id='p0a5c2e1f77'/><i id='p1111111111'/><g href='#p1111111111'/></svg>", "svg/g[3]/@href: stored \"#generated-1\", now \"#generated-2\"")]
    [InlineData("<svg>", "<svg>", null)]
    public void Svg_is_compared_by_structure(string stored, string now, string? difference) =>
        Assert.Equal(difference, Difference(Displayed(stored, "image/svg+xml"), Displayed(now, "image/svg+xml")));

    [Fact]
    public void A_figure_that_is_nested_without_end_must_be_the_same_text()
    {
        var deep = string.Concat(Enumerable.Repeat("<g>", 100_000)) + string.Concat(Enumerable.Repeat("</g>", 100_000));

        Assert.Null(Difference(Displayed($"<svg>{deep}</svg>", "image/svg+xml"), Displayed($"<svg>{deep}</svg>", "image/svg+xml")));
        Assert.Contains("nested too deep", Difference(Displayed($"<svg>{deep}</svg>", "image/svg+xml"), Displayed($"<svg> {deep}</svg>", "image/svg+xml")), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_ten_differences_are_cut()
    {
        var difference = Difference(Json($"[{string.Join(',', Enumerable.Repeat(1, 50))}]"), Json($"[{string.Join(',', Enumerable.Repeat(2, 50))}]"));

        Assert.Equal(11, difference!.Split('\n').Length);
        Assert.EndsWith("… and more", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void An_svg_cannot_make_the_comparison_read_a_file() =>
        Assert.Null(Difference(
            Displayed("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><svg><text>a</text></svg>", "image/svg+xml"),
            Displayed("<svg><text>a</text></svg>", "image/svg+xml")));

    private static string? Difference(CellOutput stored, CellOutput now)
    {
        var comparison = new OutputComparer().Compare([stored], [now]);
        return comparison.Agrees ? null : Assert.Single(comparison.Differences).Text;
    }

    private static string? Svg(string stored, string now) => Difference(Displayed(stored, "image/svg+xml"), Displayed(now, "image/svg+xml"));

    private static DisplayDataOutput Json(string json) =>
        new(new Dictionary<string, JsonNode?> { ["application/vnd.vegalite.v5+json"] = JsonNode.Parse(json) }, []);
}
