using System.Xml.Linq;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

public sealed class JUnitReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_notebook_is_a_suite_and_a_cell_a_case()
    {
        var suite = Suite(Result(
            Cell(2, Verdict.Passed) with { ComparisonNotes = ["compared by size"] }, Cell(3, Verdict.Failed, "Error: late\n  at line 1"),
            Cell(5, Verdict.Skipped, "Skipped"), Cell(6, Verdict.NotRun, "Not run")));

        Assert.Equal("lesson", suite.Attribute("name")!.Value);
        Assert.Equal("2026-11-24T10:45:00", suite.Attribute("timestamp")!.Value);
        Assert.Equal(["4", "1", "0", "2", "12.500"], new[] { "tests", "failures", "errors", "skipped", "time" }.Select(name => suite.Attribute(name)!.Value));
        var cases = suite.Elements("testcase").ToList();
        Assert.All(cases, test => Assert.Equal("lesson", test.Attribute("classname")!.Value));
        Assert.Equal(["cell 2: line of 2", "cell 3: line of 3", "cell 5: line of 5", "cell 6: line of 6"], cases.Select(test => test.Attribute("name")!.Value));
        Assert.Equal([["system-out"], ["failure"], ["skipped"], ["skipped"]], cases.Select(test => test.Elements().Select(element => element.Name.LocalName)));
        Assert.Equal("Error: late", cases[1].Element("failure")!.Attribute("message")!.Value);
        Assert.Equal("Error: late\n  at line 1", cases[1].Element("failure")!.Value);
    }

    [Fact]
    public void The_totals_are_those_of_all_suites()
    {
        var root = JUnitReport.Create([Result(Cell(1, Verdict.Failed, "no")), Result(Cell(1, Verdict.Passed), Cell(2, Verdict.Failed, "no"))]).Root!;

        Assert.Equal(["3", "2", "25.000"], new[] { "tests", "failures", "time" }.Select(name => root.Attribute(name)!.Value));
    }

    [Fact]
    public void A_notebook_that_could_not_be_run_is_an_error_and_one_that_was_stopped_is_not()
    {
        var failed = Suite(NotebookResult.FromError("torn.ipynb", new NotebookRunException("It is torn.")));
        var stopped = Suite(Result(Cell(1, Verdict.NotRun, "Not run")) with { Cancelled = true, Message = "stopped" });

        Assert.Equal("It is torn.", Assert.Single(failed.Elements("testcase")).Element("error")!.Value);
        Assert.Equal(("0", "2"), (stopped.Attribute("errors")!.Value, stopped.Attribute("skipped")!.Value));
    }

    [Fact]
    public async Task What_xml_cannot_hold_is_left_out_so_that_the_file_can_be_read()
    {
        var path = folder.File("reports/junit.xml");
        await JUnitReport.WriteAsync(path, [Result(Cell(1, Verdict.Failed, "\u001b[31mred\u001b[0m \u0000\u0008 <&> \ud83d\ude00 \ud800 é"))], TestContext.Current.CancellationToken);

        var failure = XDocument.Load(path).Descendants("failure").Single();

        Assert.Equal("red  <&> \ud83d\ude00 \ufffd é", failure.Value);
    }

    private static XElement Suite(NotebookResult result) => JUnitReport.Create([result]).Root!.Element("testsuite")!;

    private static NotebookResult Result(params CellResult[] cells) => new()
    {
        Path = "/course/lesson.ipynb",
        Cells = cells,
        StartedAt = new DateTimeOffset(2026, 11, 24, 12, 45, 0, TimeSpan.FromHours(2)),
        Duration = TimeSpan.FromSeconds(12.5),
    };

    private static CellResult Cell(int number, Verdict verdict, string? message = null) =>
        new() { Number = number, FirstLine = $"line of {number}", Verdict = verdict, Message = message };
}
