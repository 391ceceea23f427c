using System.Text.Json.Nodes;
using CSharpKernel.Display;

namespace CSharpKernel.Tests.Display;

public sealed class DisplayFormatterTests
{
    private readonly DisplayFormatter _formatter = new();

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "<null>" },
        { "text", "text" },
        { true, "True" },
        { 1.5, "1.5" },
        { 0.1f, "0.1" },
        { 1234567.0, "1234567" },
        { double.NaN, "NaN" },
        { new DateTime(2026, 11, 24, 5, 6, 7), "2026-11-24 05:06:07" },
        { new DateOnly(2026, 11, 24), "2026-11-24" },
        { DayOfWeek.Monday, "Monday" },
        { typeof(List<int>), "System.Collections.Generic.List<int>" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { new[] { "a", "b" }, "[ \"a\", \"b\" ]" },
        { Array.Empty<int>(), "[ ]" },
        { (1, "a"), "(1, \"a\")" },
        { new Dictionary<string, int> { ["a"] = 1 }, "{ \"a\": 1 }" },
        { new Point(1, 2), "Point { X = 1, Y = 2 }" },
        { new { A = 1, B = "b" }, "{ A = 1, B = \"b\" }" },
        { new Settings { Name = "n", Size = 3 }, "Settings { Name = \"n\", Size = 3 }" },
        { new InvalidOperationException("boom"), "InvalidOperationException: boom" },
        { JsonNode.Parse("""{"a":[1]}"""), "{\n  \"a\": [\n    1\n  ]\n}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_value_has_a_text(object? value, string expected) =>
        Assert.Equal(expected, ((string)_formatter.Format(value).Data["text/plain"]).ReplaceLineEndings("\n"));

    [Fact]
    public void A_string_needs_no_HTML() => Assert.Equal(["text/plain"], _formatter.Format("text").Data.Keys);

    [Fact]
    public void Records_in_a_list_are_a_table_in_HTML_and_text()
    {
        var shown = _formatter.Format(new[] { new Point(1, 2), new Point(30, 40) }).Data;
        Assert.Equal(
            "<table><thead><tr><th>X</th><th>Y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr><tr><td>30</td><td>40</td></tr></tbody></table>",
            shown["text/html"]);
        var lines = ((string)shown["text/plain"]).Split('\n');
        Assert.Matches(@"^\W*X\W+Y\W*$", lines[0]);
        Assert.Matches(@"30\W+40", lines[^1]);
    }

    [Fact]
    public void Text_is_escaped_in_HTML()
    {
        var html = (string)_formatter.Format(new { A = "<script>&" }).Data["text/html"];
        Assert.Contains("&lt;script&gt;&amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_are_cut_and_say_how_much_is_left()
    {
        Assert.EndsWith("19, … 80 more ]", Plain(Enumerable.Range(0, 100).ToList()).Replace("\n", "", StringComparison.Ordinal).Replace(",  ", ", ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("… more", Plain(Endless()), StringComparison.Ordinal);
        _formatter.ListExpansionLimit = 2;
        Assert.Equal("[ 0, 1, … 3 more ]", Plain(Enumerable.Range(0, 5).ToList()));

        static IEnumerable<int> Endless()
        {
            for (var i = 0; ; i++)
                yield return i;
        }
    }

    [Fact]
    public void Cycles_end()
    {
        var node = new Node();
        node.Next = node;
        Assert.Contains("…", Plain(node), StringComparison.Ordinal);
        Assert.Contains("…", (string)_formatter.Format(node).Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_getter_that_throws_spoils_only_its_own_place()
    {
        var text = Plain(new Throwing("not today"));
        Assert.Contains("Good = 9", text, StringComparison.Ordinal);
        Assert.Contains("not today", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_may_describe_itself()
    {
        var figure = new Figure(new Dictionary<string, object> { ["image/svg+xml"] = "<svg/>", ["text/plain"] = "a figure" });
        var shown = _formatter.Format(figure).Data;
        Assert.Equal(("<svg/>", "a figure"), (shown["image/svg+xml"], shown["text/plain"]));
        Assert.Contains("a figure", Plain(new[] { figure }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registered_formatter_wins_also_inside_others_until_reset()
    {
        _formatter.Register(new Microsoft.DotNet.Interactive.Formatting.HtmlFormatter<Point>(value => $"<i>{value.X}</i>"));
        Assert.Equal("<i>1</i>", _formatter.Format(new Point(1, 2)).Data["text/html"]);
        Assert.Contains("<td><i>1</i></td>", (string)_formatter.Format(new { P = new Point(1, 2) }).Data["text/html"], StringComparison.Ordinal);
        _formatter.Reset();
        Assert.DoesNotContain("<i>", (string)_formatter.Format(new Point(1, 2)).Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_MIME_type_may_be_asked_for()
    {
        Assert.Equal("<div class=\"dni-plaintext\"><pre>text</pre></div>", _formatter.Format("text", ["text/html"]).Data["text/html"]);
        Assert.Equal("[1,2]", ((JsonNode)_formatter.Format(new[] { 1, 2 }, ["application/json"]).Data["application/json"]).ToJsonString());
        var error = Assert.Throws<ArgumentException>(() => _formatter.Format(1, ["image/png"]));
        Assert.Contains("There is no formatter of int for the MIME type image/png", error.Message, StringComparison.Ordinal);
    }

    private string Plain(object value) => (string)_formatter.Format(value).Data["text/plain"];

    private sealed record Point(int X, int Y);

    private sealed class Settings
    {
        public string Name { get; init; } = "";

        public int Size;
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Throwing(string message)
    {
        public int Good => message.Length;

        public int Bad => throw new InvalidOperationException(message);
    }

    private sealed class Figure(IReadOnlyDictionary<string, object> bundle)
    {
        public IReadOnlyDictionary<string, object> ToDisplayBundle() => bundle;
    }
}
