using NotebookTestRunner.Checks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.Prose;

public sealed class ClaimTests : ProseTest
{
    [Theory]
    [InlineData("an accuracy of **97.8 %**<!-- claim: get x -->.", "97.8312")]
    [InlineData("an accuracy of 97.8 %<!-- claim: get x -->.", "97.75")]
    [InlineData("an accuracy of 97.8 % <!-- claim: get x -->.", "97.8 %")]
    [InlineData("an accuracy of *97.8*<!--claim:get x-->", "97.849")]
    [InlineData("`97.8`<!-- claim: get x -->", "97.8")]
    [InlineData("<b>97.8 %</b><!-- claim: get x -->", "97.8")]
    [InlineData("text <b>97.8 %</b><!-- claim: get x -->", "97.8")]
    [InlineData("| a | b |\n|---|---|\n| x | 97.8 %<!-- claim: get x --> |\n", "97.8")]
    [InlineData("<table><tr><td>97.8 %<!-- claim: get x --></td></tr></table>", "97.8")]
    [InlineData("about 60,000 images<!-- claim: get x -->", "60000")]
    [InlineData("Six ticks<!-- claim: get x -->", "6")]
    [InlineData("the winner is Adam<!-- claim: get x -->", "Adam")]
    [InlineData("the winner is \"Adam\"<!-- claim: get x -->", "\"Adam\"")]
    [InlineData("the winner is **the bold one**<!-- claim: get x -->", "the bold one")]
    [InlineData("in `val_accuracy`<!-- claim: get x -->", "val_accuracy")]
    [InlineData("in **`val_accuracy`**<!-- claim: get x -->", "val_accuracy")]
    [InlineData("in [the file](data/x.csv)<!-- claim: get x -->", "data/x.csv")]
    [InlineData("about 98<!-- claim: get x ±2 -->", "99.9")]
    [InlineData("about 98<!-- claim: get x +-2 -->", "96.1")]
    [InlineData("about 98<!-- claim: get x ± 2% -->", "99.9")]
    [InlineData("98<!-- claim: get x exactly -->", "98.0")]
    [InlineData("97.8<!-- claim: get x -->", "np.float64(97.83)")]
    [InlineData("97.8<!-- claim: get x -->\r\nand more", "97.83")]
    [InlineData("−3.5<!-- claim: get x -->", "-3.5")]
    [InlineData("3<!-- claim: = get x -->", "3")]
    public async Task A_claim_that_holds_says_nothing(string text, string value) => Assert.Empty(await FindingsAsync($"let x {value.Replace("\\", "\\\\", StringComparison.Ordinal)}", Markdown(text)));

    [Theory]
    [InlineData("an accuracy of **97.8 %**<!-- claim: get x -->.", "97.86", "97.8", "97.9")]
    [InlineData("an accuracy of **97.8 %**<!-- claim: get x -->.", "97.74", "97.8", "97.7")]
    [InlineData("about 98<!-- claim: get x ±2 -->", "100.1", "98", "100")]
    [InlineData("about 98<!-- claim: get x ±2 -->", "95.9", "98", "96")]
    [InlineData("about 98<!-- claim: get x ±2 % -->", "100.1", "98", "100")]
    [InlineData("about 60,000 images<!-- claim: get x -->", "60001", "60,000", "60,001")]
    [InlineData("Six ticks<!-- claim: get x -->", "7", "Six", "Seven")]
    [InlineData("the winner is Adam<!-- claim: get x -->", "Adagrad", "Adam", "Adagrad")]
    [InlineData("in `val_acc`<!-- claim: get x -->", "val_accuracy", "val_acc", "val_accuracy")]
    [InlineData("in [the file](data/x.csv)<!-- claim: get x -->", "data/y.csv", "data/x.csv", "data/y.csv")]
    [InlineData("| a | b |\n|---|---|\n| x | 97.8 %<!-- claim: get x --> |\n", "93", "97.8", "93.0")]
    [InlineData("lines\r\nbefore 97.8<!-- claim: get x -->\r\nand after", "93", "97.8", "93.0")]
    [InlineData("🙂 97.8<!-- claim: get x -->", "93", "97.8", "93.0")]
    public async Task A_stale_claim_shows_old_and_new_in_their_sentence(string text, string value, string old, string now)
    {
        var message = await OnlyMessageAsync($"let x {value}", Markdown(text));

        Assert.StartsWith($"The text says \"{old}\", and the claim \"get x", message);
        var (was, becomes) = (Line(message, "- "), Line(message, "+ "));
        Assert.Contains(old, was);
        Assert.Equal(was.Replace(old, now, StringComparison.Ordinal), becomes);
        Assert.DoesNotContain("<!--", message);
        Assert.Contains("--update", message);
    }

    [Fact]
    public async Task Of_an_exact_claim_nothing_is_rounded_away() => Assert.Contains("98", await OnlyMessageAsync("let x 98.2", Markdown("98<!-- claim: get x exactly -->")));

    [Fact]
    public async Task A_stale_claim_fails_the_notebook_and_names_its_cell()
    {
        var result = await RunAsync(Checked, "let x 2", Markdown("It is 1<!-- claim: get x -->, or 2<!-- claim: get x -->."));

        var finding = Assert.Single(result.Findings);
        Assert.Equal((Verdict.Failed, "prose", 2), (result.Verdict, finding.Check, finding.CellNumber));
        Assert.Equal([Verdict.Passed], Verdicts(result));
    }

    [Theory]
    [InlineData("takes 5 s<!-- claim: get x -->", "5 ms", "unit")]
    [InlineData("the winner is Adam<!-- claim: get x -->", "97.8", "no number")]
    [InlineData("97.8<!-- claim: get y -->", "97.8", "NameError")]
    [InlineData("97.8<!-- claim: print -->", "97.8", "shows nothing|print")]
    public async Task A_claim_that_cannot_be_compared_says_why(string text, string value, string why) =>
        Assert.Matches(why, await OnlyMessageAsync($"let x {value}", Markdown(text)));

    [Fact]
    public async Task A_claim_is_judged_where_the_text_stands() =>
        Assert.Empty(await FindingsAsync("let x 1", Markdown("It is 1<!-- claim: get x -->."), "let x 2", Markdown("It is 2<!-- claim: get x -->.")));

    [Fact]
    public async Task A_claim_can_speak_of_a_later_cell_or_of_the_end() => Assert.Empty(await FindingsAsync(
        Markdown("First 1<!-- claim: get x after cell cell-2 -->, then 2<!-- claim: get x ±0.1 after cell \"let x 2\" -->, in the end 3<!-- claim: get x at end ±0.1 -->."),
        "let x 1", "let x 2", "let x 3"));

    [Fact]
    public async Task A_claim_about_what_is_not_there_yet_fails() =>
        Assert.Contains("after cell", await OnlyMessageAsync(Markdown("It is 1<!-- claim: get x -->."), "let x 1"));

    [Fact]
    public async Task What_stands_behind_cells_that_were_not_run_is_not_judged()
    {
        var result = await RunAsync(Checked, "let x 1", "fail Error no", Markdown("1<!-- claim: get x -->"), "let x 2", Markdown("2<!-- claim: get x -->, 3<!-- claim: get x at end -->"));

        Assert.Empty(All(result));
    }

    [Fact]
    public async Task A_skipped_cell_does_not_hide_what_stands_behind_it() =>
        Assert.Single(await FindingsAsync("let x 1", "# test: skip", Markdown("2<!-- claim: get x -->, and 1<!-- claim: get x at end -->")));

    [Fact]
    public async Task A_dead_kernel_is_told_by_its_cell_alone()
    {
        InstallKernel("message");

        Assert.Empty(await FindingsAsync("let x 1", "die 3", Markdown("2<!-- claim: get x -->")));
    }

    [Fact]
    public async Task What_a_claim_asks_is_no_output_and_no_execution_of_the_notebook()
    {
        var result = await RunAsync(Options with { Checks = Checked.Checks }, new TestCell("let x 1"), Markdown("1<!-- claim: get x -->"), new TestCell("print done", Printed("done")));

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
    }

    [Theory]
    [InlineData("```\n97.8<!-- claim: get x -->\n```")]
    [InlineData("`97.8<!-- claim: get x -->`")]
    [InlineData("    97.8<!-- claim: get x -->")]
    [InlineData("97.8<!-- a remark: get x -->")]
    [InlineData("97.8 and no comment")]
    public async Task What_is_an_example_or_another_comment_claims_nothing(string text) => Assert.Empty(await FindingsAsync("let x 1", Markdown(text)));

    [Theory]
    [InlineData("<!-- claim: get x -->", "nothing before it")]
    [InlineData("97.8\n<!-- claim: get x -->", "nothing before it")]
    [InlineData("97.8<!-- claim: -->", "names nothing")]
    [InlineData("97.8<!-- claim: ±0.3 -->", "names nothing|is not understood")]
    [InlineData("97.8<!-- claim: get x ±much -->", "no number")]
    [InlineData("97.8<!-- claim: get x ±1 ±2 -->", "two tolerances")]
    [InlineData("97.8<!-- claim: get x at end after cell 1 -->", "two moments")]
    [InlineData("97.8<!-- claim: get x after cell cel-1 -->", "cell-1")]
    [InlineData("97.8<!-- claim: count: stars -->", "not understood")]
    [InlineData("97.8<!-- claim: metric a of experiment b -->", "not understood")]
    [InlineData("97.8<!-- claim: metric a of run b * zero -->", "no number")]
    [InlineData("97.8<!-- claim: output of cell 1 matches \"(\" -->", "no regular expression")]
    [InlineData("97.8<!-- claims: get x -->", "write \"claim:\"")]
    [InlineData("97.8<!-- cliam: get x -->", "write \"claim:\"")]
    [InlineData("97.8<!-- Claim: get x -->", "write \"claim:\"")]
    public async Task A_claim_that_is_not_understood_is_refused_by_name(string text, string why)
    {
        var message = (await RefusalAsync("let x 97.8", Markdown(text))).Message;

        Assert.Matches(why, message);
        Assert.Contains("ell 2", message);
        Assert.Contains("lesson.ipynb", message);
    }

    [Theory]
    [InlineData(70, 70, "", "")]
    [InlineData(71, 71, "…", "…")]
    public async Task Of_a_long_sentence_what_is_near_is_shown(int before, int after, string left, string right)
    {
        // The blank beside the number is a part of either.
        var message = await OnlyMessageAsync("let x 93", Markdown($"{new string('a', before - 1)} 98<!-- claim: get x -->{new string('b', after)}"));

        Assert.Equal($"{left}{new string('a', 69)} 93{new string('b', 70)}{right}", Line(message, "+ "));
    }

    [Fact]
    public async Task Claims_behind_a_cell_that_was_not_run_or_about_it_wait_and_those_before_are_judged()
    {
        var findings = All(await RunAsync(
            Checked, "let x 1", Markdown("2<!-- claim: get x --> 3<!-- claim: get x at end --> 4<!-- claim: get x after cell 4 -->"), "fail Error no", "print x", Markdown("5<!-- claim: get x -->")));

        Assert.Contains("The text says \"2\"", Assert.Single(findings, finding => finding.Check == "prose").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_is_only_looked_at_says_what_it_could_not_judge()
    {
        Folder.Write("x.csv", "");
        var path = Save("let x 1", Markdown("2<!-- claim: get x -->, `x.csv`<!-- claim: file exists -->, `y.csv`<!-- claim: file exists -->"));
        var findings = (await new NotebookRunner(Checked).InspectAsync(path, Token)).Findings;

        Assert.Equal([FindingSeverity.Error, FindingSeverity.Warning], findings.Select(finding => finding.Severity));
        Assert.Contains("y.csv", findings[0].Message);
        Assert.Contains("1 can be judged", findings[1].Message);
    }

    private static string Line(string message, string start) => message.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
}
