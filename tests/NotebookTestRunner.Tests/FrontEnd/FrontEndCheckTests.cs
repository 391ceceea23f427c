using NotebookTestRunner.FrontEnd;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Tests.Execution;

namespace NotebookTestRunner.Tests.FrontEnd;

public sealed class FrontEndCheckTests : RunningTest
{
    private const string Button = """widget b {"_model_name":"ButtonModel","description":"Train"}""";
    private const string Slider = """widget s {"_model_name":"IntSliderModel","description":"Layers","value":3,"min":1,"max":9}""";
    private const string Label = """widget l {"_model_name":"LabelModel","description":"Prediction","value":"?"}""";

    [Fact]
    public async Task Questions_are_answered_in_order()
    {
        var result = await PlayAsync("# user: answer Anna\n# user: answer \"42 \"\nask Name?\nask Age?", "print on");

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal("Anna42 ", string.Concat(result.Cells[0].Outputs.OfType<StreamOutput>().Select(output => output.Text)));
    }

    [Fact]
    public async Task A_question_without_an_answer_and_an_answer_without_a_question_fail()
    {
        var result = await PlayAsync("# user: answer Anna\nask Name?\nask Age?", "# user: answer Berta\nprint on");

        Assert.Equal("[front-end] It asked \"Age?\", to which the script has no answer left: the user said nothing.", result.Cells[0].Message);
        Assert.Equal("[front-end] The answer \"Berta\" was never asked for.", result.Cells[1].Message);
    }

    [Fact]
    public async Task A_click_reaches_the_kernel_and_what_it_prints_is_read() => Assert.Equal(
        [Verdict.Passed, Verdict.Passed], Verdicts(await PlayAsync($"# user: click \"Train\"\n# user: expect printed trained\n{Button}\non b print trained", "say b")));

    [Fact]
    public async Task The_kernel_gets_what_a_front_end_sends()
    {
        Folder.Write("seven.json", "[[[1,2],[3,4]]]");
        Folder.Write("seven.png", "png");
        var result = await PlayAsync(
            $"# user: click \"train\"\n{Button}", "say b",
            $"# user: set \"Layers\" to 7\n{Slider}", "say s",
            "# user: draw seven.json on \"IntSlider\"", "say s",
            "# user: send {\"event\":\"x\"} to \"Layers\"", "say s");

        Assert.Equal(
            [
                """{"method":"custom","content":{"event":"click"}}""", """{"method":"update","state":{"value":7},"buffer_paths":[]}""",
                """{"method":"update","state":{"strokes":[[[1,2],[3,4]]]},"buffer_paths":[]}""", """{"method":"custom","content":{"event":"x"}}""",
            ],
            result.Cells.Where(cell => cell.Number % 2 == 0).Select(cell => ((StreamOutput)cell.Outputs.Single()).Text));
        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task What_a_widget_shows_is_waited_for()
    {
        var result = await PlayAsync($"# user: set \"Layers\" to 7\n# user: expect \"Prediction\" seven\n# user: expect \"Layers\" 7\n{Slider}\n{Label}\non s change l {{\"value\":\"it is seven\"}}");

        Assert.Equal([Verdict.Passed], Verdicts(result));
    }

    [Theory]
    [InlineData("expect \"Prediction\" seven", "The user expected \"Prediction\" to show seven, and it shows ? after 1 s.")]
    [InlineData("expect printed done", "The user expected to read done, which was not shown within 1 s.")]
    [InlineData("click \"Test\"", "The user could not click \"Test\": no such widget within 1 s; there are \"Prediction\" (Label), \"Train\" (Button).")]
    [InlineData("click \"Prediction\"", "no such widget within 1 s")]
    [InlineData("set \"Pick\" to pear", "it offers no pear, but apple, plum")]
    [InlineData("set \"Layers\" to 12", "it goes from 1 to 9, and no user can move it to 12")]
    [InlineData("click \"Off\"", "The user could not click \"Off\": it is disabled.")]
    [InlineData("draw gone.json on \"Layers\"", "gone.json cannot be read")]
    public async Task What_a_user_cannot_do_or_see_fails_its_cell(string step, string expected)
    {
        var cell = $"# user: {step}\n{Button}\n{Label}";
        if (!step.Contains("Test", StringComparison.Ordinal)) cell += $"\n{Slider}\n" + """
            widget d {"_model_name":"DropdownModel","description":"Pick","_options_labels":["apple","plum"],"index":0}
            widget o {"_model_name":"ButtonModel","description":"Off","disabled":true}
            """;

        Assert.Contains(expected, (await PlayAsync(TimeSpan.FromSeconds(1), cell)).Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_in_a_list_is_made_by_its_label() => Assert.Contains("\"index\":1", ((StreamOutput)(await PlayAsync(
        """
        # user: set "Pick" to plum
        # user: expect "Pick" plum
        widget d {"_model_name":"DropdownModel","description":"Pick","_options_labels":["apple","plum"],"index":0}
        """, "say d")).Cells[1].Outputs.Single()).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_script_beside_the_notebook_is_read_too()
    {
        Folder.Write("lesson.user", "# what a user does\ncell cell-1\n  answer Anna\n\ncell 2\n  answer 42\n");
        var result = await PlayAsync("ask Name?", "ask Age?");

        Assert.Equal(["Anna", "42"], result.Cells.Select(cell => ((StreamOutput)cell.Outputs.Single()).Text));
    }

    [Theory]
    [InlineData("cell 7\nanswer x", "names the cell 7")]
    [InlineData("answer x", "before any \"cell ID\" line")]
    [InlineData("cell 1\npush \"Train\"", "says \"push \"Train\"\", which is no step of a user")]
    public async Task A_script_that_is_not_understood_is_refused(string script, string expected)
    {
        Folder.Write("lesson.user", script);

        Assert.Contains(expected, (await Assert.ThrowsAsync<NotebookRunException>(() => PlayAsync("print one"))).Message, StringComparison.Ordinal);
    }

    private Task<NotebookResult> PlayAsync(params TestCell[] cells) => PlayAsync(TimeSpan.FromSeconds(30), cells);

    private Task<NotebookResult> PlayAsync(TimeSpan patience, params TestCell[] cells) =>
        RunAsync(Options with { Mode = ComparisonMode.Lax, Checks = [new FrontEndCheck(patience)] }, cells);
}
