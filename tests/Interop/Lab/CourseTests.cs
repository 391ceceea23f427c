using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotebookTestRunner.Notebooks;

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
    public static TheoryData<string> Lessons() => [.. CourseLab.Lessons.Where(lesson => s_all ? lesson[..2] is not ("03" or "06") : lesson[..2] == "00")];

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
    public Task A_learner_finds_the_best_step_at_the_second_attempt()
    {
        Assert.SkipUnless(s_all, "It trains three networks: set TUTORIAL_WHOLE_LAB=1.");
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

    /// <summary>Runs a lesson, and then types answers into its exercise, one after the other.</summary>
    private async Task LearnAsync(string lesson, params (string Answer, string Hint)[] attempts)
    {
        var (page, cells) = await lab.OpenLessonAsync(lesson);
        await using var notebook = page;
        await RunAllAsync(notebook, cells);
        var (exercise, check) = (Find(cells, "exercise"), Find(cells, "check"));
        await notebook.WholePictureAsync($"lesson-{CourseLab.Lessons.First(name => name.StartsWith(lesson, StringComparison.Ordinal))}");

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
