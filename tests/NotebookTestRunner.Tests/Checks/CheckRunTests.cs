using NotebookTestRunner.Checks;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Tests.Execution;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks;

public sealed class CheckRunTests : RunningTest
{
    [Fact]
    public async Task A_check_is_told_of_each_cell_that_is_executed_and_of_the_end()
    {
        var check = new RecordingCheck();
        await RunAsync(With(check), "print one", new TestCell("# test: skip"), "fail Error no", "print never");

        Assert.Equal(["before 1", "after 1", "before 3", "after 3", "end", "after the kernel", "dispose"], check.Calls);
    }

    [Fact]
    public async Task An_error_fails_the_cell_it_is_about_and_a_warning_does_not()
    {
        var check = new RecordingCheck
        {
            At = call => Findings(call switch
            {
                "after 1" => [new("recording", 1, "not as promised")],
                "end" => [new("recording", 2, "hm", FindingSeverity.Warning)],
                _ => [],
            }),
        };
        var result = await RunAsync(With(check), "print one", "print two");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Equal("[recording] not as promised", result.Cells[0].Message);
        Assert.Equal("hm", Assert.Single(result.Cells[1].Findings).Message);
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task An_error_of_the_end_fails_a_cell_that_had_passed()
    {
        var check = new RecordingCheck { At = call => Findings(call == "end" ? [new("recording", 1, "too late")] : []) };

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(await RunAsync(With(check), "print one", "print two")));
    }

    [Theory]
    [InlineData("end")]
    [InlineData("after the kernel")]
    public async Task An_error_about_no_cell_fails_the_notebook(string at)
    {
        var check = new RecordingCheck { At = call => Findings(call == at ? [new("recording", null, "left behind")] : []) };
        var result = await RunAsync(With(check), "print one");

        Assert.Equal([Verdict.Passed], Verdicts(result));
        Assert.Equal((Verdict.Failed, "left behind"), (result.Verdict, Assert.Single(result.Findings).Message));
    }

    [Fact]
    public async Task A_check_that_breaks_fails_what_it_was_to_check()
    {
        var check = new RecordingCheck { At = call => call == "after 2" ? throw new InvalidOperationException("broken") : Findings([]) };
        var result = await RunAsync(With(check), "print one", "print two", "print three");

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Equal("[recording] The check could not be made: broken", result.Cells[1].Message);
    }

    [Fact]
    public async Task What_a_check_executes_is_no_output_of_the_notebook()
    {
        Evaluation? answer = null;
        RecordingCheck check = null!;
        check = new RecordingCheck
        {
            At = async call =>
            {
                if (call == "after 1") answer = await check.Context!.Kernel!.EvaluateAsync("print hidden\nresult 7", Token);
                return [];
            },
        };
        var result = await RunAsync(With(check), new TestCell("print one", Printed("one")), new TestCell("print two", Printed("two")));

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal(("7", null), (answer!.Text, answer.Error));
        Assert.Equal(Printed("two"), Assert.Single(result.Cells[1].Outputs));
    }

    [Fact]
    public async Task A_check_answers_what_a_cell_asks()
    {
        RecordingCheck check = null!;
        check = new RecordingCheck
        {
            At = call =>
            {
                if (call == "before 1") check.Context!.Kernel!.Input = (prompt, isPassword, _) => Task.FromResult($"{prompt}{isPassword}");
                return Findings([]);
            },
        };
        var result = await RunAsync(With(check), "ask Name?");

        Assert.Equal("Name?False", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[0].Outputs)).Text);
    }

    [Fact]
    public async Task A_notebook_can_be_inspected_without_its_kernel()
    {
        var check = new RecordingCheck { At = call => Findings(call == "end" ? [new("recording", 1, "stale")] : []) };
        var path = Folder.Write("inspected.ipynb", TestNotebook.Json("no-such-kernel", "die 1"));
        var result = await new NotebookRunner(With(check)).InspectAsync(path, Token);

        Assert.Equal(["end", "dispose"], check.Calls);
        Assert.Null(check.Context!.Kernel);
        Assert.Equal((Verdict.Failed, 0, 1), (result.Verdict, result.Cells.Count, Assert.Single(result.Findings).CellNumber));
    }

    private static Task<IReadOnlyList<Finding>> Findings(IReadOnlyList<Finding> findings) => Task.FromResult(findings);

    private RunOptions With(INotebookCheck check) => Options with { Checks = [check], Mode = ComparisonMode.Lax };
}
