using System.Xml.Linq;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class RunVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Lessons_run_in_order_with_a_store_of_their_own_and_nothing_is_written_beside_them()
    {
        // What MLflowSharp reads is checked in its own tests; here only what a lesson is given.
        _course.WriteNotebook("notebooks/02-second.ipynb", "// test: ignore-output\nConsole.Write(Environment.GetEnvironmentVariable(\"MLFLOW_TRACKING_URI\"));");
        _course.WriteSkipped("notebooks/01-first.ipynb");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("run"));

        Assert.InRange(_course.Output.IndexOf("01-first", StringComparison.Ordinal), 0, _course.Output.IndexOf("02-second", StringComparison.Ordinal));
        Assert.Contains("sqlite:///../artifacts/runs/02-second/mlflow.db", _course.Read("artifacts/report/report.html"), StringComparison.Ordinal);
        Assert.True(Directory.Exists(_course.PathOf("artifacts/runs/02-second")));
        Assert.Equal(["01-first.ipynb", "02-second.ipynb"], Directory.EnumerateFileSystemEntries(_course.Checkout.Notebooks).Select(Path.GetFileName).Order());
        Assert.Equal(["artifacts", "notebooks"], Directory.EnumerateFileSystemEntries(_course.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task To_update_a_lesson_runs_its_source_where_readers_run_it_and_makes_the_lesson_anew()
    {
        const string Source = "tests/Notebooks/Sources/01-first.source.ipynb";
        _course.WriteSkipped("notebooks/01-first.ipynb");
        _course.Write("notebooks/01-first.contract.yml", "cells:\n  1:\n    files: {created: made.txt}\n");
        _course.WriteNotebook(
            Source,
            ("System.IO.File.WriteAllText(\"made.txt\", \"\");\n6 * 7", []), ("// hint: Not yet\n// STUB var answer = 0;\nvar answer = 42;", ["solution"]),
            ("// hint: Too much\nvar answer = 43;", ["wrong-answer"]), ("answer switch { 42 => \"Right!\", > 42 => \"Too much\", _ => \"Not yet\" }", ["check"]));

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("run", "01", "--update"));

        Assert.Contains("Right!", _course.Read(Source), StringComparison.Ordinal);
        Assert.True(File.Exists(_course.PathOf("notebooks/made.txt")));
        var lesson = _course.Read("notebooks/01-first.ipynb");
        Assert.Contains("\"42\"", lesson, StringComparison.Ordinal);
        Assert.Contains("var answer = 0;", lesson, StringComparison.Ordinal);
        Assert.DoesNotContain("var answer = 42;", lesson, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("exercises", Source, "-o", "notebooks", "--verify"));

        _course.Write("notebooks/01-first.contract.yml", "cells:\n  1:\n    files: {created: other.txt}\n");
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("run", Source));
    }

    [Fact]
    public async Task Stopping_ends_the_running_notebook_leaves_out_the_rest_and_still_reports()
    {
        _course.WriteSkipped("notebooks/01-first.ipynb");
        _course.WriteNotebook("notebooks/02-second.ipynb", "System.IO.File.WriteAllText(\"../started\", \"\");\nawait Task.Delay(600_000);", "1");
        _course.WriteNotebook("notebooks/03-third.ipynb", "1");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = _course.TypeAsync(stop.Token, "run");
        while (!File.Exists(_course.PathOf("started")) && !running.IsCompleted)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Interrupted, await running);
        Assert.Contains("│ 01-first    │ 0 of 1 │", _course.Output, StringComparison.Ordinal);
        Assert.Contains("– interrupted", _course.Output, StringComparison.Ordinal);
        Assert.Contains("│ 03-third    │        │         │ – not run", _course.Output, StringComparison.Ordinal);
        var suites = XDocument.Parse(_course.Read("artifacts/report/junit.xml")).Root!.Elements("testsuite");
        Assert.Equal(["01-first", "02-second", "03-third"], suites.Select(suite => (string)suite.Attribute("name")!));
    }

    [Fact]
    public async Task A_run_that_was_stopped_before_it_began_runs_nothing()
    {
        _course.WriteNotebook("notebooks/01-first.ipynb", "1");

        Assert.Equal(ExitCode.Interrupted, await _course.TypeAsync(new CancellationToken(canceled: true), "run"));

        Assert.Contains("– not run", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Environment.Exit(3);", "The kernel's process was ended by Environment.Exit(3)")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "died with exit code 137")]
    public async Task A_kernel_that_dies_fails_its_cell_and_the_next_notebook_has_a_new_one(string code, string said)
    {
        _course.WriteNotebook("notebooks/01-first.ipynb", code, "1");
        _course.WriteNotebook("notebooks/02-second.ipynb", "var x = 1;");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("run"));

        Assert.Contains(said, _course.Output, StringComparison.Ordinal);
        Assert.Contains("✓ 02-second: passed", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_the_place_of_artifacts_is_told_before_anything_runs()
    {
        _course.WriteNotebook("notebooks/01-first.ipynb", "1");
        var file = _course.Write("artifacts", "a file");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("run"));

        Assert.Contains($"{file} is a file where a folder is needed", _course.Error, StringComparison.Ordinal);
        Assert.Empty(_course.Output);
    }

    [Fact]
    public async Task A_course_without_lessons_is_told()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("run"));

        Assert.Contains("There are no notebooks", _course.Error, StringComparison.Ordinal);
    }
}
