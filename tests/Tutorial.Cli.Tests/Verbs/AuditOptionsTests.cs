using System.Text.Json.Nodes;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class AuditOptionsTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Sections_are_run_by_themselves_and_the_reports_say_after_what()
    {
        Write("## Save", "System.IO.File.WriteAllText(\"saved.txt\", \"1\");", "## Load", "var text = System.IO.File.ReadAllText(\"saved.txt\");", "## Alone", "var one = 1;");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "lesson.ipynb"));
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "lesson.ipynb", "--sections", "--json", "report.json"));

        Assert.Contains("✗ lesson, cell 5: var text", _course.Output, StringComparison.Ordinal);
        var sections = JsonNode.Parse(_course.Read("report.json"))!["notebooks"]![0]!["sections"]!.AsArray();
        Assert.Equal(["Save Passed true", "Load Failed false", "Alone Passed false"], sections.Select(section => $"{section!["title"]} {section["verdict"]} {section["needsAll"]}"));
        Assert.Contains("Sections by themselves", _course.Read("artifacts/report/check/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_all_sections_pass_by_themselves_is_said()
    {
        Write("## One", "var one = 1;", "## Two", "var two = one + 1;");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "lesson.ipynb", "--sections"));

        Assert.Contains("passed, and each of its 2 sections by itself", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--twice")]
    [InlineData("--static")]
    [InlineData("--update")]
    [InlineData("--cell", "1")]
    public async Task Sections_exclude_what_is_not_about_whole_notebooks(params string[] other)
    {
        _course.WriteSkipped("lesson.ipynb");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync(["check", "lesson.ipynb", "--sections", .. other]));
        Assert.Contains($"cannot be used with {other[0]}", _course.Error, StringComparison.Ordinal);
    }

    private void Write(params string[] cells)
    {
        _course.WriteNotebook("lesson.ipynb", ["var first = 0;", .. cells]);
        var notebook = JsonNode.Parse(_course.Read("lesson.ipynb"))!;
        foreach (var cell in notebook["cells"]!.AsArray().OfType<JsonObject>().Where(cell => ((string)cell["source"]!).StartsWith("##", StringComparison.Ordinal)))
        {
            cell["cell_type"] = "markdown";
            cell.Remove("outputs");
            cell.Remove("execution_count");
        }
        _course.Write("lesson.ipynb", notebook.ToJsonString());
    }
}
