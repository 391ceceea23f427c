using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class OutputComparerTests
{
    private static readonly OutputComparer Strict = new();

    [Fact]
    public void Printed_text_counts_per_stream_however_it_is_cut()
    {
        CellOutput[] stored = [Printed("one\n"), new StreamOutput("stderr", "careful"), Printed("two\n")];
        CellOutput[] now = [new StreamOutput("stderr", "careful"), Printed("one\ntwo\n")];

        Assert.True(Strict.Compare(stored, now).Agrees);
        Assert.Equal("stderr", Assert.Single(Strict.Compare(stored, [Printed("one\ntwo\n")]).Differences).Where);
    }

    [Fact]
    public void Line_ends_and_trailing_blanks_do_not_count() =>
        Assert.True(Strict.Compare([Printed("a  \r\nb\r\n")], [Printed("a\nb")]).Agrees);

    [Fact]
    public void Rewritten_lines_count_by_their_last_state_however_they_were_stored() =>
        Assert.True(Strict.Compare([Printed("\rloss 0.9"), Printed("\rloss 0.1\n")], [Printed("loss 0.1\n")]).Agrees);

    [Fact]
    public void Leading_blanks_count() => Assert.False(Strict.Compare([Printed("  a")], [Printed("a")]).Agrees);

    [Fact]
    public void A_result_is_no_display_and_an_output_more_or_less_is_told()
    {
        Assert.False(Strict.Compare([Displayed("x")], [Result("x")]).Agrees);
        Assert.Equal("- nothing\n+ display (text/plain): x", Assert.Single(Strict.Compare([], [Displayed("x")]).Differences).Text);
        Assert.Equal("- display (text/plain): x\n+ nothing", Assert.Single(Strict.Compare([Displayed("x")], []).Differences).Text);
    }

    [Fact]
    public void Execution_counts_do_not_count() => Assert.True(Strict.Compare([Result("x", 1)], [Result("x", 9)]).Agrees);

    [Fact]
    public void Each_mime_type_is_compared_and_named()
    {
        var stored = Bundle(("text/plain", "a table"), ("text/html", "<table/>"));

        Assert.Equal("output 1, text/html", Assert.Single(Strict.Compare([stored], [Bundle(("text/plain", "a table"), ("text/html", "<ul/>"))]).Differences).Where);
        Assert.Equal("stored, but no longer shown", Assert.Single(Strict.Compare([stored], [Bundle(("text/plain", "a table"))]).Differences).Text);
        Assert.Equal("not stored, but shown now", Assert.Single(Strict.Compare([Bundle(("text/plain", "a table"))], [stored]).Differences).Text);
    }

    [Fact]
    public void An_error_counts_by_type_and_message_not_by_its_traceback()
    {
        var stored = new ErrorOutput("Error", "late", ["line 1"]);

        Assert.True(Strict.Compare([stored], [new ErrorOutput("Error", "late", ["line 2"])]).Agrees);
        Assert.False(Strict.Compare([stored], [new ErrorOutput("Error", "early", ["line 1"])]).Agrees);
        Assert.False(Strict.Compare([stored], [new ErrorOutput("Fault", "late", ["line 1"])]).Agrees);
    }

    [Theory]
    [InlineData("loss 0.100", "loss 0.101", 0.01, true)]
    [InlineData("loss 0.100", "loss 0.102", 0.01, false)]
    [InlineData("loss   9.9 |", "loss  10.0 |", 0.02, true)]
    [InlineData("loss 1e-3", "loss 1.001e-3", 0.01, true)]
    [InlineData("loss -0.1", "loss 0.1", 0.5, false)]
    [InlineData("gain 0.1", "loss 0.1", 0.5, false)]
    [InlineData("1 2 3", "1 2", 0.5, false)]
    public void Numbers_in_text_agree_within_the_tolerance(string stored, string now, double tolerance, bool agrees) =>
        Assert.Equal(agrees, new OutputComparer(new() { Normalizers = [], Tolerance = new(tolerance) }).Compare([Printed(stored)], [Printed(now)]).Agrees);

    [Theory]
    [InlineData("0.1", "0.11", 0.01, true)]
    [InlineData("0.1", "0.12", 0.01, false)]
    [InlineData("0", "1e-9", 1e-8, true)]
    [InlineData("-0.001", "0.001", 0.01, true)]
    [InlineData("inf", "inf", 1, true)]
    [InlineData("1e999", "1", 1, false)]
    [InlineData("nan", "0", 1, false)]
    public void Numbers_in_text_agree_within_an_absolute_tolerance(string stored, string now, double tolerance, bool agrees) =>
        Assert.Equal(agrees, new OutputComparer(new() { Tolerance = new(0, tolerance) }).Compare([Printed(stored)], [Printed(now)]).Agrees);

    [Theory]
    [InlineData("application/pdf", "QUJD\nREVG", "QUJDREVG", null)]
    [InlineData("audio/wav", "QUJDREVG", "QUJDREVH", "stored 6 bytes, now 6; the first difference is at byte 3")]
    [InlineData("application/octet-stream", "QUJDREVG", "QUJD", "stored 6 bytes, now 3; the first difference is at byte 3")]
    [InlineData("text/latex", "$x$ \n", "$x$", null)]
    [InlineData("text/markdown", "*took* 3 s", "*took* 4 s", null)]
    [InlineData("application/x-mine", "one", "two", "- one\n+ two\n? ^^^")]
    public void Other_types_are_compared_as_bytes_or_as_text(string mimeType, string stored, string now, string? difference) =>
        Assert.Equal(difference, Strict.Compare([Displayed(stored, mimeType)], [Displayed(now, mimeType)]).Differences.SingleOrDefault()?.Text);

    [Fact]
    public void Displays_in_another_order_are_told_as_such()
    {
        var differences = Strict.Compare([Displayed("a"), Displayed("b"), Displayed("c")], [Displayed("c"), Displayed("a"), Displayed("b")]).Differences;

        Assert.Equal(new("order", "the same outputs as stored, but in the order 3, 1, 2"), differences[0]);
        Assert.DoesNotContain(Strict.Compare([Displayed("a"), Displayed("b")], [Displayed("b"), Displayed("x")]).Differences, difference => difference.Where == "order");
    }

    [Fact]
    public void One_display_more_or_less_does_not_make_the_others_differ()
    {
        CellOutput[] stored = [Displayed("a"), Displayed("b"), Displayed("c")];

        Assert.Equal(new("output 2", "- display (text/plain): b\n+ nothing"), Assert.Single(Strict.Compare(stored, [Displayed("a"), Displayed("c")]).Differences));
        Assert.Equal(new("output 3", "- nothing\n+ display (text/plain): x"), Assert.Single(Strict.Compare(stored, [Displayed("a"), Displayed("b"), Displayed("x"), Displayed("c")]).Differences));
    }

    [Fact]
    public void Several_equal_displays_agree() => Assert.True(Strict.Compare([Displayed("a"), Displayed("b")], [Displayed("a"), Displayed("b")]).Agrees);

    [Fact]
    public void Another_order_is_told_with_equal_outputs_in_their_own_order()
    {
        var differences = Strict.Compare([Displayed("a"), Displayed("a"), Displayed("b")], [Displayed("b"), Displayed("a"), Displayed("a")]).Differences;

        Assert.Equal(["order", "output 1, text/plain", "output 3, text/plain"], differences.Select(difference => difference.Where));
        Assert.Equal("the same outputs as stored, but in the order 3, 1, 2", differences[0].Text);
        Assert.DoesNotContain("order", Strict.Compare([Displayed("a"), Displayed("b")], [Displayed("b"), Displayed("c")]).Differences.Select(difference => difference.Where));
    }

    [Fact]
    public void Where_there_are_fewer_only_those_that_differ_are_told()
    {
        CellOutput[] stored = [Displayed("a"), Displayed("b"), Displayed("b"), Displayed("c")];

        Assert.Equal(["output 3"], Strict.Compare(stored, [Displayed("a"), Displayed("b"), Displayed("c")]).Differences.Select(difference => difference.Where));
        Assert.Equal(["output 1"], Strict.Compare(stored, [Displayed("b"), Displayed("b"), Displayed("c")]).Differences.Select(difference => difference.Where));
        Assert.Equal(["output 1, text/plain", "output 2", "output 3"], Strict.Compare(stored, [Displayed("x"), Displayed("c")]).Differences.Select(difference => difference.Where));
    }

    [Fact]
    public void What_is_missing_is_described_by_its_kind()
    {
        Assert.Equal("- error Error: late\n+ nothing", Assert.Single(Strict.Compare([new ErrorOutput("Error", "late", [])], []).Differences).Text);
        Assert.Equal("- result (text/plain): x\n+ nothing", Assert.Single(Strict.Compare([Result("x")], []).Differences).Text);
        Assert.Equal($"- display (text/plain): {new string('x', 120)}\n+ nothing", Assert.Single(Strict.Compare([Displayed(new string('x', 120))], []).Differences).Text);
        Assert.Equal($"- display (text/plain): {new string('x', 120)}…\n+ nothing", Assert.Single(Strict.Compare([Displayed(new string('x', 121))], []).Differences).Text);
        Assert.Equal("- display (image/png): \n+ nothing", Assert.Single(Strict.Compare([Displayed("", "image/png")], []).Differences).Text);
    }

    [Fact]
    public void Pictures_are_compared_as_pictures_and_exactly_where_they_are_to_be_stored()
    {
        var (one, other) = (Picture(100), Picture(101));

        Assert.True(Strict.Compare([Displayed(one, "image/png")], [Displayed(other, "image/png")]).Agrees);
        Assert.Contains("pixels changed", Assert.Single(new OutputComparer(new() { Exactly = true }).Compare([Displayed(one, "image/png")], [Displayed(other, "image/png")]).Differences).Text, StringComparison.Ordinal);

        static string Picture(byte shade)
        {
            using var surface = SkiaSharp.SKSurface.Create(new SkiaSharp.SKImageInfo(16, 16));
            surface.Canvas.Clear(new SkiaSharp.SKColor(shade, shade, shade));
            return Convert.ToBase64String(surface.Snapshot().Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray());
        }
    }

    [Fact]
    public void A_figure_to_be_stored_may_not_differ_at_all() =>
        Assert.False(new OutputComparer(new() { Exactly = true }).Compare([Displayed("<svg><g a='1.0000001'/></svg>", "image/svg+xml")], [Displayed("<svg><g a='1.0000002'/></svg>", "image/svg+xml")]).Agrees);

    [Fact]
    public void Normalizers_work_on_both_sides_in_every_text_type() =>
        Assert.True(Strict.Compare([Displayed("<i>took 3 s</i>", "text/html")], [Displayed("<i>took 4 s</i>", "text/html")]).Agrees);

    [Fact]
    public void A_long_difference_is_cut_to_what_differs()
    {
        var stored = string.Join('\n', Enumerable.Range(1, 100).Select(i => $"line {i}"));

        var difference = Assert.Single(new OutputComparer(new() { Normalizers = [] }).Compare([Printed(stored)], [Printed(stored.Replace("line 50", "line fifty", StringComparison.Ordinal))]).Differences);

        Assert.Equal("  … (47 equal lines)\n  line 48\n  line 49\n- line 50\n+ line fifty\n?      ^^^^^\n  line 51\n  line 52\n  … (48 equal lines)", difference.Text);
    }

    private static DisplayDataOutput Bundle(params (string MimeType, string Content)[] contents) =>
        new(contents.ToDictionary(content => content.MimeType, content => (JsonNode?)content.Content), []);
}
