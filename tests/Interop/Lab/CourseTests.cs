using System.Text.RegularExpressions;
using Interop.Drawing;
using Microsoft.Playwright;
using NotebookTestRunner.Notebooks;
using Tutorial.Helpers;

namespace Interop.Lab;

/// <summary>
/// The lessons in JupyterLab, as a learner goes through them. Two of them each time; all with the environment variable <c>TUTORIAL_WHOLE_LAB=1</c>,
/// which takes minutes. Pictures of each, from top to bottom, are <c>artifacts/lab/lesson-NAME.png</c>.
/// </summary>
[Collection(SharedLab.Name)]
public sealed partial class CourseTests(CourseLab lab) : IClassFixture<CourseLab>
{
    private const float Longest = 300_000;

    private static readonly bool s_all = Environment.GetEnvironmentVariable("TUTORIAL_WHOLE_LAB") == "1";

    /// <summary>Those that a test below goes through with its exercise are not run twice.</summary>
    public static TheoryData<string> Lessons() => [.. CourseLab.Lessons.Where(lesson => s_all ? lesson[..2] is not ("02" or "03" or "06" or "07") : lesson[..2] == "00")];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_runs_from_top_to_bottom_with_no_error_but_those_it_shows(string lesson)
    {
        var (page, cells) = await lab.OpenLessonAsync(lesson);
        await using var notebook = page;

        await RunAllAsync(notebook, cells);

        await notebook.WholePictureAsync($"lesson-{lesson}");
    }

    [Fact]
    public Task A_learner_logs_a_run_at_the_second_attempt()
    {
        SkipUnlessAll();
        const string run = "using (Mlflow.StartRun(runName: \"mine\"))\n{\n    Mlflow.LogParam(\"learning_rate\", 0.01);\n";
        return LearnAsync(
            "02",
            ($"{run}    Mlflow.LogMetric(\"val_accuracy\", 0.8);\n    Mlflow.LogMetric(\"val_accuracy\", 0.9);\n}}", "Both values are at step 0."),
            ($"{run}    Mlflow.LogMetric(\"val_accuracy\", 0.8, step: 0);\n    Mlflow.LogMetric(\"val_accuracy\", 0.9, step: 1);\n}}", "Right!"));
    }

    [Fact]
    public Task A_learner_draws_a_digit_for_two_models_and_repairs_a_scan_at_the_second_attempt()
    {
        SkipUnlessAll();
        const string scan = "var scan = mnist.Test.Image(3).Shifted(right: -3, down: 3).Inverted();\n";
        return LearnAsync(
            "07",
            DrawAsync,
            ($"{scan}var repaired = scan.Inverted();", "off the middle"),
            ($"{scan}var repaired = scan.Inverted().Centred();", "Right!"));
    }

    [Fact]
    public Task A_learner_finds_the_best_step_at_the_second_attempt()
    {
        SkipUnlessAll();
        return LearnAsync(
            "03",
            ("long step = 9;", "That is the last step."),
            ("long step = client.GetMetricHistory(adam.Info.RunId, \"val_loss\").MinBy(point => point.Value)!.Step;", "Right!"));
    }

    [Fact]
    public Task A_learner_makes_the_challenger_champion_at_the_second_attempt() => LearnAsync(
        "06",
        ("client.DeleteRegisteredModelAlias(\"mnist\", \"champion\");", "Nobody is champion now"),
        ("client.SetRegisteredModelAlias(\"mnist\", \"champion\", second.Version);\nclient.DeleteRegisteredModelAlias(\"mnist\", \"challenger\");", "Right!"));

    private static void SkipUnlessAll() => Assert.SkipUnless(s_all, "It trains networks: set TUTORIAL_WHOLE_LAB=1.");

    private static async Task DrawAsync(LabNotebook notebook)
    {
        var canvas = notebook.Page.GetByRole(AriaRole.Img, new() { Name = "Draw a digit" });
        await DrawingPage.DrawAsync(notebook.Page, canvas, SampleDrawings.All.First(sample => sample.Digit == 3).Drawing);

        foreach (var model in (string[])["champion", "challenger"])
            await Assertions.Expect(notebook.Page.Locator(".jp-OutputArea b", new() { HasTextString = model }).Locator("xpath=following-sibling::div[1]")).ToHaveTextAsync("3");
        await notebook.PictureAsync("lesson-07-drawn");
    }

    private Task LearnAsync(string lesson, params (string Answer, string Hint)[] attempts) => LearnAsync(lesson, _ => Task.CompletedTask, attempts);

    /// <summary>Runs a lesson, does what its demo is for, and then types answers into its exercise, one after the other.</summary>
    private async Task LearnAsync(string lesson, Func<LabNotebook, Task> act, params (string Answer, string Hint)[] attempts)
    {
        var (page, cells) = await lab.OpenLessonAsync(lesson);
        await using var notebook = page;
        await RunAllAsync(notebook, cells);
        var (exercise, check) = (Find(cells, "exercise"), Find(cells, "check"));
        await notebook.WholePictureAsync($"lesson-{CourseLab.Lessons.First(name => name.StartsWith(lesson, StringComparison.Ordinal))}");
        await act(notebook);

        foreach (var (answer, hint) in attempts)
        {
            await notebook.TypeAsync(exercise, answer);
            await notebook.Page.Keyboard.PressAsync("Control+Enter");
            await notebook.RunAsync(check);

            await notebook.ShowsAsync(check, hint);
            await notebook.PictureAsync($"lesson-{lesson}-{(hint == "Right!" ? "right" : "wrong")}");
        }
    }

    private static async Task RunAllAsync(LabNotebook notebook, IReadOnlyList<NotebookCell> cells)
    {
        await notebook.RunAllAsync();
        // Cells run in their order; the last one has its number when all are done.
        await Assertions.Expect(notebook.Cell(cells.Count - 1).Locator(".jp-InputPrompt")).ToHaveTextAsync($"[{cells.Count}]:", new() { Timeout = Longest });
        await notebook.IsIdleAsync();
        for (var index = 0; index < cells.Count; index++)
        {
            var errors = await notebook.Output(index).Locator("[data-mime-type='application/vnd.jupyter.stderr']").Filter(new() { HasTextRegex = Error() }).CountAsync();
            Assert.True(
                errors > 0 == cells[index].Tags.Contains("raises-exception"),
                $"Cell {cells[index].Number} ({cells[index].FirstLine}) {(errors > 0 ? "shows an error" : "shows none")}: {await notebook.Output(index).InnerTextAsync()}");
        }
    }

    /// <summary>How an error begins; a warning is shown in the same way.</summary>
    [GeneratedRegex(@"^\s*\w+(Exception|Error): ")]
    private static partial Regex Error();

    private static int Find(IReadOnlyList<NotebookCell> cells, string tag) => cells.Index().First(pair => pair.Item.Tags.Contains(tag)).Index;
}
