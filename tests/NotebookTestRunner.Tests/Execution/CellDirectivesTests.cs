using NotebookTestRunner.Comparison;
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
        Assert.Equal(new NumberTolerance(0.02), directives.Tolerance);
        Assert.Equal(["run-name", "numbers", "whitespace"], directives.Normalize);
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
    [InlineData("tolerance abs")]
    [InlineData("tolerance abs -1")]
    [InlineData("tolerance 1 2")]
    [InlineData("similarity 1.5")]
    [InlineData("similarity")]
    [InlineData("no-normalize")]
    [InlineData("raises A B")]
    [InlineData("raises A /(/")]
    [InlineData("normalize")]
    public void What_is_not_understood_is_refused_with_the_cell(string directive) =>
        Assert.Contains("cell 1", Assert.Throws<NotebookRunException>(() => Read($"// test: {directive}")).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("tolerance 0.02", 0.02, 0)]
    [InlineData("tolerance 2%", 0.02, 0)]
    [InlineData("tolerance rel 0.02", 0.02, 0)]
    [InlineData("tolerance abs 3", 0, 3)]
    [InlineData("tolerance 0.02 abs 1e-6", 0.02, 1e-6)]
    [InlineData("tolerance rel 0.02 abs 1e-6", 0.02, 1e-6)]
    public void A_tolerance_is_relative_absolute_or_both(string directive, double relative, double absolute) =>
        Assert.Equal(new NumberTolerance(relative, absolute), Read($"# test: {directive}").Tolerance);

    [Theory]
    [InlineData("timeout 90", 90)]
    [InlineData("timeout 90s", 90)]
    [InlineData("timeout 90 s", 90)]
    [InlineData("timeout 1.5m", 90)]
    [InlineData("timeout 1.5 min", 90)]
    public void A_time_limit_may_have_a_unit(string directive, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read($"# test: {directive}").Timeout);

    [Theory]
    [InlineData("raises ValueError", "ValueError", "anything", true)]
    [InlineData("raises \"not found\"", null, "it was not found", true)]
    [InlineData("raises \"not found\"", null, "it was found", false)]
    [InlineData("raises My.Error \"late\"", "My.Error", "Late", false)]
    [InlineData("raises Error /step \\d+/", "Error", "in step 12", true)]
    [InlineData("raises Error /step \\d+/", "Error", "in step x", false)]
    [InlineData("raises /^a.b$/", null, "a\nb", true)]
    [InlineData("raises Error: too late", "Error", "far too late", true)]
    [InlineData("raises Error: too late", "Error", "too early", false)]
    [InlineData("raises Box<int>", "Box<int>", "", true)]
    public void An_expected_error_has_a_type_and_a_message(string directive, string? type, string message, bool fits)
    {
        var directives = Read($"// test: {directive}");

        Assert.True(directives.RaisesException);
        Assert.Equal(type, directives.ExceptionName);
        Assert.Equal(fits, directives.ExceptionMessage?.Fits(message) ?? true);
    }

    [Theory]
    [InlineData("# NBVAL_SKIP")]
    [InlineData("x = 1\n  #NBVAL_SKIP\ny = 2")]
    [InlineData("%%bash\n# test: skip")]
    [InlineData("#pragma warning disable\n// test: skip")]
    [InlineData("; test: skip")]
    [InlineData("% test: skip")]
    public void Comments_of_nbval_and_after_magics_count(string source) => Assert.True(Read(source).Skip);

    [Fact]
    public void Nbvals_other_comments_mean_what_they_mean_there()
    {
        Assert.True(Read("# NBVAL_IGNORE_OUTPUT").IgnoreOutput);
        Assert.True(Read("# PYTEST_VALIDATE_IGNORE_OUTPUT").IgnoreOutput);
        Assert.True(Read("# NBVAL_CHECK_OUTPUT").CheckOutput);
        Assert.True(Read("# NBVAL_RAISES_EXCEPTION").RaisesException);
        Assert.True(Read("# say NBVAL_SKIP\n# nbval_skip") is { Skip: false });
    }

    [Theory]
    [InlineData("code", "nbval-skipp")]
    [InlineData("# NBVAL_IGNORE_OUTPUTS", "")]
    public void A_misspelt_mark_of_nbval_is_refused(string source, string tag) =>
        Assert.Contains("nbval-ignore-output", Assert.Throws<NotebookRunException>(() => Read(source, tag)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("remove-output")]
    [InlineData("hide-output")]
    [InlineData("remove-cell")]
    [InlineData("nbval-test-name")]
    public void Tags_about_publishing_change_nothing(string tag) =>
        Assert.True(Read("code", tag) is { Skip: false, IgnoreOutput: false, CheckOutput: false, RaisesException: false });

    [Theory]
    [InlineData("retries 3")]
    [InlineData("flaky")]
    public void Running_again_until_it_passes_is_refused_with_the_reason(string directive) =>
        Assert.Contains("never run again", Assert.Throws<NotebookRunException>(() => Read($"# test: {directive}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_misspelt_word_is_told_what_was_meant() =>
        Assert.Contains("did you mean tolerance?", Assert.Throws<NotebookRunException>(() => Read("# test: tolerence 0.1")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("# test: check-output\n", "nbval-ignore-output", "the tag \"nbval-ignore-output\" says \"ignore-output\" and line 1 (# test: check-output) says \"check-output\"")]
    [InlineData("# test: tolerance 0.1\n\n# test: tolerance 0.2\n", "", "line 1 (# test: tolerance 0.1) says \"tolerance 0.1\" and line 3 (# test: tolerance 0.2) says \"tolerance 0.2\"")]
    [InlineData("# test: timeout 1\n", "test: timeout 2", "the tag \"test: timeout 2\" says \"timeout 2\" and line 1")]
    [InlineData("# test: raises A\n# test: raises B\n", "", "says \"raises A\"")]
    [InlineData("# test: normalize numbers\n# test: no-normalize numbers\n", "", "line 2 (# test: no-normalize numbers)")]
    [InlineData("# NBVAL_CHECK_OUTPUT\n", "test: ignore-output", "line 1 (# NBVAL_CHECK_OUTPUT)")]
    public void Marks_that_contradict_each_other_are_refused_with_both_places(string source, string tag, string places) =>
        Assert.Contains(places, Assert.Throws<NotebookRunException>(() => Read(source, tag)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_said_twice_and_an_error_told_more_closely_are_no_contradiction()
    {
        var directives = Read("# test: skip\n# test: raises ValueError\n# test: raises ValueError\n# test: normalize numbers\n# test: normalize numbers whitespace\n", "nbval-skip", "raises-exception");

        Assert.Equal((true, "ValueError"), (directives.Skip, directives.ExceptionName));
        Assert.Equal("ValueError", Read("# test: raises ValueError\n# NBVAL_RAISES_EXCEPTION").ExceptionName);
        Assert.Equal(["numbers", "whitespace"], directives.Normalize);
    }

    [Fact]
    public void What_a_section_needs_is_said_by_comments_and_tags()
    {
        var directives = Read("// test: needs section Load the data\n// test: needs section Clean it\n", "test: needs above");

        Assert.True(directives.NeedsAbove);
        Assert.Equal(["Load the data", "Clean it"], directives.NeedsSections);
    }

    [Theory]
    [InlineData("needs")]
    [InlineData("needs section")]
    [InlineData("needs everything")]
    public void A_need_that_is_not_understood_is_refused(string directive) =>
        Assert.Contains("needs above, or needs section HEADING", Assert.Throws<NotebookRunException>(() => Read($"// test: {directive}")).Message, StringComparison.Ordinal);

    [Fact]
    public void In_a_text_only_tags_are_marks() =>
        Assert.True(CellDirectives.Read(TestNotebook.Of(TestCell.Markdown("# test: of time") with { Tags = ["test: needs above"] }).Cells[0]).NeedsAbove);

    [Fact]
    public void The_cells_first_line_is_the_first_that_is_no_comment_for_the_runner() =>
        Assert.Equal("var run = Start();", TestNotebook.Of("\n// test: timeout 5\n  var run = Start();\nmore").Cells[0].FirstLine);

    private static CellDirectives Read(string source, params string[] tags) =>
        CellDirectives.Read(TestNotebook.Of(new TestCell(source) { Tags = tags }).Cells[0]);
}
