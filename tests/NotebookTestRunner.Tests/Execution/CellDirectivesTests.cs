using NotebookTestRunner.Execution;

namespace NotebookTestRunner.Tests.Execution;

public sealed class CellDirectivesTests
{
    [Theory]
    [InlineData("skip-execution")]
    [InlineData("nbval-skip")]
    public void Tags_skip_a_cell(string tag) => Assert.True(Read("code", tag).Skip);

    [Theory]
    [InlineData("raises-exception")]
    [InlineData("nbval-raises-exception")]
    public void Tags_expect_an_error(string tag) => Assert.True(Read("code", tag) is { RaisesException: true, ExceptionName: null });

    [Fact]
    public void Tags_ignore_or_check_outputs_and_unknown_ones_say_nothing()
    {
        Assert.True(Read("code", "nbval-ignore-output").IgnoreOutput);
        Assert.True(Read("code", "nbval-check-output").CheckOutput);
        Assert.True(Read("code", "hide-input", "parameters") is { Skip: false, RaisesException: false, IgnoreOutput: false, CheckOutput: false });
    }

    [Theory]
    [InlineData("// test: skip")]
    [InlineData("//test: skip")]
    [InlineData("# test: skip")]
    [InlineData("-- test:skip")]
    [InlineData("\n// A remark.\n  // test: skip  ")]
    [InlineData("#!time\n// test: skip")]
    public void Comments_in_the_first_lines_count(string source) => Assert.True(Read(source).Skip);

    [Theory]
    [InlineData("var x = 1;\n// test: skip")]
    [InlineData("var text = \"// test: skip\";")]
    [InlineData("// testing: skip")]
    public void Other_lines_do_not(string source) => Assert.False(Read(source).Skip);

    [Fact]
    public void A_tag_can_say_what_a_comment_can() => Assert.Equal(TimeSpan.FromSeconds(5), Read("code", "test: timeout 5").Timeout);

    [Fact]
    public void Several_comments_add_up()
    {
        var directives = Read("// test: raises My.Exception\n// test: timeout 0.5\n// test: tolerance 2e-2\n// test: normalize run-name numbers\n// test: normalize whitespace\ncode");

        Assert.Equal("My.Exception", directives.ExceptionName);
        Assert.Equal(TimeSpan.FromSeconds(0.5), directives.Timeout);
        Assert.Equal(0.02, directives.Tolerance);
        Assert.Equal(["run-name", "numbers", "whitespace"], directives.Normalizers.Select(normalizer => normalizer.Name));
    }

    [Theory]
    [InlineData("skipp")]
    [InlineData("")]
    [InlineData("timeout")]
    [InlineData("timeout -1")]
    [InlineData("timeout forever")]
    [InlineData("timeout NaN")]
    [InlineData("tolerance 2")]
    [InlineData("tolerance 0,5")]
    [InlineData("raises A B")]
    [InlineData("normalize")]
    [InlineData("normalize everything")]
    public void What_is_not_understood_is_refused_with_the_cell(string directive) =>
        Assert.Contains("cell 1", Assert.Throws<NotebookRunException>(() => Read($"// test: {directive}")).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_cells_first_line_is_the_first_that_is_no_comment_for_the_runner() =>
        Assert.Equal("var run = Start();", TestNotebook.Of("\n// test: timeout 5\n  var run = Start();\nmore").Cells[0].FirstLine);

    private static CellDirectives Read(string source, params string[] tags) =>
        CellDirectives.Read(TestNotebook.Of(new TestCell(source) { Tags = tags }).Cells[0]);
}
