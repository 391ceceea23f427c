using NotebookTestRunner.Checks;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Tests.Execution;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Exercises;

public sealed class ExercisesCheckTests : RunningTest
{
    private static readonly TestCell Check = new("when answer none print Write the answer first\\n\nwhen answer 3 print Right!\\nwhen answer 4 print Too many: count again\\nwhen answer 9 print Right!".Replace("\\nwhen", "\nwhen", StringComparison.Ordinal))
    {
        Tags = ["check"],
    };

    [Fact]
    public async Task An_exercise_whose_check_knows_the_solution_and_refuses_the_rest_passes()
    {
        var result = await ProveAsync(Solution(), Wrong("let answer 4", "Too many"), Check, "say answer");

        Assert.Equal([Verdict.Passed, Verdict.Skipped, Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal(Printed("Right!"), Assert.Single(result.Cells[2].Outputs));
        Assert.Equal(Printed("3"), Assert.Single(result.Cells[3].Outputs));
        Assert.Empty(result.Findings.Concat(result.Cells.SelectMany(cell => cell.Findings)));
    }

    [Fact]
    public async Task A_check_that_accepts_a_wrong_answer_fails_the_exercise() =>
        Assert.Contains("To the wrong answer in cell 2 (let answer 9), the check in cell 3 does not give the hint \"Not nine\". It says: Right!",
            (await ProveAsync(Solution(), Wrong("let answer 9", "Not nine"), Check)).Cells[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_check_that_gives_the_wrong_hint_fails_the_exercise() =>
        Assert.Contains("does not give the hint \"Too few\". It says: Too many: count again", (await ProveAsync(Solution(), Wrong("let answer 4", "Too few"), Check)).Cells[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_check_that_says_nothing_to_who_has_not_begun_fails_the_exercise() =>
        Assert.Contains("While nothing is written yet, the check in cell 3 does not give the hint", (await ProveAsync(Solution(), Wrong("let answer 4", "a hint"), new TestCell("when answer 4 print a hint") { Tags = ["check"] })).Cells[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("fail TypeError no such thing", "the answer itself ends with a stack trace, TypeError: no such thing")]
    [InlineData("let answer 5", "the check in cell 3 ends with a stack trace, KeyError: five")]
    [InlineData("let answer 6", "the check in cell 3 shows a stack trace")]
    public async Task A_stack_trace_fails_the_exercise(string answer, string expected)
    {
        var check = new TestCell($"{Check.Source}\nwhen answer 5 fail KeyError five\nwhen answer 6 print a hint\\n   at Program.Main(String[] args)") { Tags = ["check"] };

        Assert.Contains(expected, (await ProveAsync(Solution(), Wrong(answer, "a hint"), check)).Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_refuses_the_solution_fails()
    {
        var result = await ProveAsync(Solution(), Wrong("let answer 4", "Too many"), new TestCell("when answer none print Write the answer first\nprint Too many") { Tags = ["check"] });

        Assert.Equal("[exercises] The check says \"Too many\" to the solution itself.", result.Cells[2].Message);
    }

    [Fact]
    public async Task Without_wrong_answers_a_warning_says_that_nothing_is_proven()
    {
        var result = await ProveAsync(Solution(), Check);

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal(FindingSeverity.Warning, Assert.Single(result.Cells[0].Findings).Severity);
    }

    [Fact]
    public async Task What_stands_between_a_solution_and_its_check_is_executed_for_each_answer()
    {
        var result = await ProveAsync(Solution(), Wrong("let answer 4", "Too many"), "when answer 4 let between yes\nsay between", new TestCell($"when between yes print Too many") { Tags = ["check"] });

        // What was written first is in the way of the blank hint only.
        Assert.Contains("While nothing is written yet", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("To the wrong answer", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_interrupted()
    {
        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax, Checks = [new ExercisesCheck()], CellTimeout = TimeSpan.FromSeconds(2) }, Solution(), Wrong("wait", "Too many"), Check);

        Assert.Contains("ran longer than 2 s", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, result.Cells[2].Verdict);
    }

    [Theory]
    [InlineData("The solution in cell 1 has no check", "# hint: h\nlet answer 3", "solution")]
    [InlineData("The solution in cell 1 does not say what its check tells readers", "let answer 3", "solution", "print x", "check")]
    [InlineData("The wrong answer in cell 2 does not say which hint it deserves", "# hint: h\nlet a 3", "solution", "let a 4", "wrong-answer", "print", "check")]
    [InlineData("Cell 1 is a wrong answer", "# hint: h\nlet a 4", "wrong-answer")]
    [InlineData("Cell 1 begins a solution that it does not end", "# hint: h\n# BEGIN SOLUTION\nlet a 4", "solution", "print", "check")]
    [InlineData("Cell 1 ends a solution that it does not begin", "# hint: h\n# END SOLUTION\nlet a 4", "solution", "print", "check")]
    public async Task An_exercise_that_is_not_whole_is_refused(string expected, params string[] cellsAndTags)
    {
        var cells = cellsAndTags.Chunk(2).Select(pair => new TestCell(pair[0]) { Tags = [pair[1]] }).ToArray();

        Assert.Contains(expected, (await Assert.ThrowsAsync<NotebookRunException>(() => ProveAsync(cells))).Message, StringComparison.Ordinal);
    }

    private static TestCell Solution() => new("# hint: Write the answer first\n# BEGIN SOLUTION\nlet answer 3\n# END SOLUTION") { Tags = ["solution"] };

    private static TestCell Wrong(string code, string hint) => new($"# hint: {hint}\n{code}") { Tags = ["wrong-answer"] };

    private Task<NotebookResult> ProveAsync(params TestCell[] cells) => RunAsync(Options with { Mode = ComparisonMode.Lax, Checks = [new ExercisesCheck()] }, cells);
}
