using NotebookTestRunner.Tests.Checks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>Options, settings and marks together, from the file to the verdict.</summary>
public sealed class OracleTests : RunningTest
{
    private RunOptions Strict => Options with { Mode = ComparisonMode.Strict };

    [Theory]
    [InlineData("fail StdinNotImplementedError raw_input was called", "# user: answer")]
    [InlineData("fail OSError [Errno 98] Address already in use", "common lock")]
    [InlineData("fail SocketException Only one usage of each socket address is normally permitted", "common lock")]
    public async Task An_error_that_comes_of_being_run_here_says_what_to_do(string code, string advice) =>
        Assert.Contains(advice, (await RunAsync(code)).Cells[0].Message!.Split('\n')[^1], StringComparison.Ordinal);

    [Theory]
    [InlineData("python", "# test: tolerance 0.01")]
    [InlineData("sql", "-- test: tolerance 0.01")]
    [InlineData("C#", "// test: tolerance 0.01")]
    public async Task The_mark_that_would_do_is_a_comment_of_the_notebooks_language(string language, string mark)
    {
        var json = TestNotebook.Json(ScriptedKernel.ScriptedKernelSpec.Name, new TestCell("print loss 0.100", Printed("loss 0.101")));
        var path = Folder.Write("lesson.ipynb", json.Replace("\"language\":\"script\"", $"\"language\":\"{language}\"", StringComparison.Ordinal));

        Assert.EndsWith($"It would pass with `{mark}`.", (await RunAsync(Options, path, Token)).Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_errors_are_shown_as_they_are() => Assert.DoesNotContain("notebook-test.yml", (await RunAsync("fail ValueError an address in use")).Cells[0].Message!, StringComparison.Ordinal);

    [Fact]
    public async Task A_difference_says_with_which_mark_it_would_pass_and_then_does()
    {
        var failed = await RunAsync(new TestCell("print loss 0.101", Printed("loss 0.100")));
        var passed = await RunAsync(new TestCell("# test: tolerance 0.01\nprint loss 0.101", Printed("loss 0.100")));

        Assert.EndsWith("\nIt would pass with `// test: tolerance 0.01`.", failed.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal("tolerance 0.01", failed.Cells[0].Remedy);
        Assert.Equal(Verdict.Passed, passed.Verdict);
    }

    [Fact]
    public async Task Settings_of_the_folder_count_and_marks_and_options_win_over_them()
    {
        Folder.Write("notebook-test.yml", "tolerance: 0.1\ntimeout: 0.3\nnormalizers:\n  run-name: on\n  durations: off\n  word: {pattern: 'w[0-9]+', enabled: off}\n");

        var result = await RunAsync(
            Options with { ContinueAfterError = true },
            new TestCell("print loss 0.105", Printed("loss 0.1")),
            new TestCell("# test: tolerance 0\nprint loss 0.105", Printed("loss 0.1")),
            new TestCell("print bold-crane-112", Printed("shy-fox-7")),
            new TestCell("# test: no-normalize run-name\nprint bold-crane-112", Printed("shy-fox-7")),
            new TestCell("print took 3 s", Printed("took 99 s")),
            new TestCell("# test: normalize durations\nprint took 3 s", Printed("took 99 s")),
            new TestCell("print w1", Printed("w2")),
            new TestCell("# test: normalize word\nprint w1", Printed("w2")),
            new TestCell("wait"));
        var overridden = await RunAsync(Options with { Tolerance = new(0), ContinueAfterError = true }, new TestCell("print loss 0.105", Printed("loss 0.1")), "wait");

        Assert.Equal(
            [Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Failed], Verdicts(result));
        Assert.StartsWith("ran longer than 0.3 s", result.Cells[^1].Message, StringComparison.Ordinal);
        Assert.Equal("normalize word", result.Cells[6].Remedy);
        Assert.Equal(Verdict.Failed, overridden.Cells[0].Verdict);
    }

    [Fact]
    public async Task A_duration_that_this_run_cannot_have_measured_is_data_unless_a_mark_says_otherwise()
    {
        var wrong = new TestCell("print took 3 s, halves within 25.4 h", Printed("took 99 s, halves within 20.4 h"));

        var result = await RunAsync(
            wrong,
            new TestCell("print took 3 s, halves within 20.4 h", Printed("took 99 s, halves within 20.4 h")),
            wrong with { Source = "# test: normalize durations\n" + wrong.Source });

        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Contains("\n- took <duration>, halves within 20.4 h\n+ took <duration>, halves within 25.4 h\n", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, (await RunAsync(Strict, wrong with { Source = "# test: normalize durations\n" + wrong.Source, ExecutionCount = 1 })).Verdict);
    }

    [Fact]
    public async Task A_date_that_is_data_is_compared_unless_a_mark_or_the_settings_say_otherwise()
    {
        var wrong = new TestCell("print from 2021-02-03 on", Printed("from 2021-02-04 on"));

        var result = await RunAsync(
            Options with { ContinueAfterError = true },
            wrong,
            wrong with { Source = "# test: normalize timestamps\n" + wrong.Source },
            new TestCell($"print today is {DateTime.UtcNow:yyyy-MM-dd}", Printed("today is 2026-03-01")));
        Folder.Write("notebook-test.yml", "normalizers: {timestamps: on}");
        var masked = await RunAsync(wrong);

        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Contains("\n- from 2021-02-04 on\n+ from 2021-02-03 on\n", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, masked.Verdict);
    }

    [Fact]
    public async Task What_checks_ask_a_kernel_has_the_settings_time()
    {
        Folder.Write("notebook-test.yml", "timeout: 0.3");
        var check = new AskingCheck("wait");

        var result = await RunAsync(Options with { Checks = [check] }, "print one");

        Assert.Contains("The kernel ran longer than 0.3 s on what it was asked", Assert.Single(result.Findings.Concat(result.Cells[0].Findings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_turn_durations_on_mask_all_of_them()
    {
        Folder.Write("notebook-test.yml", "normalizers: {durations: on}");

        Assert.Equal(Verdict.Passed, (await RunAsync(new TestCell("print about 25.4 h left", Printed("about 20.4 h left")))).Verdict);
    }

    [Fact]
    public async Task A_normalizer_that_does_not_exist_is_refused_before_anything_runs()
    {
        var refused = await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync("print x", "# test: normalize run-names\nprint y"));

        Assert.Contains("There is no normalizer \"run-names\", which cell 2 asks for (line 1 (# test: normalize run-names)): did you mean \"run-name\"?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_normalizer_without_end_fails_its_cell_and_is_named()
    {
        Folder.Write("notebook-test.yml", "normalizers:\n  nested: {pattern: '(?=a)(a+)+$'}\n");

        var result = await RunAsync(new TestCell($"print {new string('a', 60)}!", Printed("x")), new TestCell("print b", Printed("b")));

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Contains("The normalizer \"nested\"", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expected_error_must_have_the_expected_message()
    {
        var result = await RunAsync(
            Options with { Mode = ComparisonMode.Lax },
            "# test: raises Error \"too late\"\nfail Error much too late",
            "# test: raises Error /^much/\nfail Error much too late",
            "# test: raises Error \"too early\"\nfail Error much too late");

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed], Verdicts(result));
        Assert.StartsWith("Raised Error as it says, but its message does not hold \"too early\".", result.Cells[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mode_may_come_from_the_settings()
    {
        Folder.Write("notebook-test.yml", "mode: lax");

        Assert.Equal(Verdict.Passed, (await RunAsync("print new")).Verdict);
        Assert.Equal(Verdict.Failed, (await RunAsync(Options with { Mode = ComparisonMode.Normal }, "print new")).Verdict);
    }

    [Fact]
    public async Task Strictly_a_cell_that_was_never_executed_fails()
    {
        var result = await RunAsync(Strict, new TestCell("# nothing to see"), new TestCell("# nothing to see") { ExecutionCount = 2 });

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Contains("stores neither outputs nor an execution count", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, (await RunAsync("# nothing to see")).Verdict);
    }

    [Fact]
    public async Task Strictly_a_cell_that_is_compared_in_part_only_fails()
    {
        var (before, now) = (Gif(0), Gif(1));
        var cell = new TestCell($"display image/gif {now}", Displayed(before, "image/gif"));

        Assert.Equal(Verdict.Passed, (await RunAsync(cell)).Verdict);
        Assert.Contains("compared by type and size", (await RunAsync(Strict, cell)).Cells[0].Message, StringComparison.Ordinal);

        static string Gif(byte last) => Convert.ToBase64String([.. "GIF89a"u8, 255, 255, 255, 255, last]);
    }

    [Theory]
    [InlineData("# test: tolerance 0.1", "loss 0.1", "loss 0.1", "the mark \"tolerance 0.1\" (line 1 (# test: tolerance 0.1)) is not needed")]
    [InlineData("# test: tolerance 0.1", "loss 0.1", "loss 0.105", null)]
    [InlineData("# test: normalize run-name", "same", "same", "the mark \"normalize run-name\"")]
    [InlineData("# test: normalize run-name", "bold-crane-112", "shy-fox-7", null)]
    [InlineData("# test: similarity 0.5", "same", "same", "the mark \"similarity\"")]
    [InlineData("# test: ignore-output", "same", "same", "the mark \"ignore-output\"")]
    [InlineData("# test: ignore-output", "red", "blue", null)]
    public async Task Strictly_a_mark_that_is_not_needed_fails_its_cell(string mark, string stored, string now, string? message)
    {
        var cell = new TestCell($"{mark}\nprint {now}", Printed(stored)) { ExecutionCount = 1 };

        var strict = await RunAsync(Strict, cell);

        Assert.Equal(message is null ? Verdict.Passed : Verdict.Failed, strict.Verdict);
        if (message is not null) Assert.Contains(message, strict.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, (await RunAsync(cell)).Verdict);
    }

    [Fact]
    public async Task An_update_says_what_changes_in_each_cell()
    {
        var path = Save(new TestCell("print loss 0.2", Printed("loss 0.1")), new TestCell("print same", Printed("same")), new TestCell("print took 3 s", Printed("took 4 s")));

        var result = await RunAsync(Options with { Update = true }, path, Token);

        Assert.Equal([1, 0, 0], result.Cells.Select(cell => cell.Differences.Count));
        Assert.Contains("- loss 0.1\n+ loss 0.2", result.Cells[0].Differences[0].Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, result.Verdict);
    }
}
