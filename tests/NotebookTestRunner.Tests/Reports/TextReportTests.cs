using System.Text.Json.Nodes;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

/// <summary>JSON, SARIF, Markdown, GitHub's annotations.</summary>
public sealed class TextReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_json_tells_what_each_cell_came_to()
    {
        var report = JsonNode.Parse(JsonReport.Create(ReportSample.Results(folder.File("x"))))!;

        Assert.Equal("Failed", report["verdict"]!.GetValue<string>());
        Assert.Equal(["1", "4", "1"], new[] { "version", "totals.cells", "totals.failed" }.Select(path => path.Split('.').Aggregate(report, (node, key) => node[key]!).ToJsonString()));
        var cell = report["notebooks"]![0]!["cells"]![0]!;
        Assert.Equal(("var x = 1;", 2.0, true, 123_456_789L), (cell["firstLine"]!.GetValue<string>(), cell["seconds"]!.GetValue<double>(), cell["slower"]!.GetValue<bool>(), cell["peakMemoryBytes"]!.GetValue<long>()));
        Assert.Equal("Warning", report["notebooks"]![0]!["findings"]![1]!["severity"]!.GetValue<string>());
    }

    [Fact]
    public void The_markdown_summary_cannot_be_broken_by_what_cells_say()
    {
        var text = MarkdownReport.Create(ReportSample.Results(folder.File("x")), "A | title");

        Assert.StartsWith("## A \\| title\n\n3 notebooks, 4 code cells: 1 passed, 1 failed, 1 skipped, 1 not run", text, StringComparison.Ordinal);
        Assert.Contains("| ❌ | a/lesson | 4 | 1 | 12.5 (was 2.0) | 123 MB |", text, StringComparison.Ordinal);
        Assert.Contains("\n````diff\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<summary>a/lesson, cell 2: <script>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_stays_below_what_github_takes()
    {
        var cells = Enumerable.Range(1, 1000).Select(i => new CellResult { Number = i, FirstLine = "x", Verdict = Verdict.Failed, Message = new string('x', 10_000) }).ToList();

        var text = MarkdownReport.Create([new NotebookResult { Path = folder.File("big.ipynb"), Cells = cells }]);

        Assert.InRange(text.Length, 600_000, 1_000_000);
        Assert.EndsWith("More failed than fits here: the other reports have them all.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_name_file_line_and_cell_and_keep_to_one_line()
    {
        var path = folder.Write("x/a/lesson.ipynb", TestNotebookText("one", "two"));
        var results = ReportSample.Results(folder.File("x"));

        var lines = GitHubAnnotations.Create(results, folder.File("x"));

        Assert.Equal(path, results[0].Path);
        Assert.Equal("::error file=a/lesson.ipynb,line=1,title=lesson.ipynb%2C cell 3::[links] There is no gone.md.", lines[0]);
        Assert.Equal("::warning file=a/lesson.ipynb,line=1,title=lesson.ipynb::[clean-run] It is large.", lines[1]);
        Assert.StartsWith("::error file=a/lesson.ipynb,line=12,title=lesson.ipynb%2C cell 2%3A <script>alert(1)</script>", lines[2], StringComparison.Ordinal);
        Assert.Contains("%0A  at line 1, red", lines[2], StringComparison.Ordinal);
        Assert.Equal("::warning file=a/lesson.ipynb,line=1,title=lesson.ipynb%2C cell 5%3A not run::[x] careful", lines[3]);
        Assert.Equal("::error file=b/lesson.ipynb,line=1,title=lesson.ipynb::It is torn.", lines[4]);
        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void The_sarif_file_has_a_result_for_each_failure_and_warning_with_its_place()
    {
        folder.Write("x/a/lesson.ipynb", TestNotebookText("one", "two"));

        var run = JsonNode.Parse(SarifReport.Create(ReportSample.Results(folder.File("x")), folder.File("x")))!["runs"]![0]!;

        Assert.Equal(["cell", "clean-run", "links", "notebook", "x"], run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>()));
        Assert.Equal(
            ["links error a/lesson.ipynb:1 cell 3", "clean-run warning a/lesson.ipynb:1 ", "cell error a/lesson.ipynb:12 cell 2", "x warning a/lesson.ipynb:1 cell 5", "notebook error b/lesson.ipynb:1 "],
            run["results"]!.AsArray().Select(result => $"{result!["ruleId"]} {result["level"]} {Place(result["locations"]![0]!)}"));
        Assert.StartsWith("lesson.ipynb, cell 3\n[links] There is no gone.md.", run["results"]![0]!["message"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal($"{new Uri(folder.File("x"))}/", run["originalUriBaseIds"]!["ROOT"]!["uri"]!.GetValue<string>());
        // One notebook was not run.
        Assert.False(run["invocations"]![0]!["executionSuccessful"]!.GetValue<bool>());

        static string Place(JsonNode location) =>
            $"{location["physicalLocation"]!["artifactLocation"]!["uri"]}:{location["physicalLocation"]!["region"]!["startLine"]} {location["logicalLocations"]?[0]!["name"]}";
    }

    [Fact]
    public void The_sarif_file_of_a_run_without_failures_is_whole_and_names_are_written_as_addresses()
    {
        var whole = JsonNode.Parse(SarifReport.Create([new NotebookResult { Path = folder.File("a.ipynb") }], folder.Path))!["runs"]![0]!;
        var torn = JsonNode.Parse(SarifReport.Create([NotebookResult.FromError(folder.File("é b#/c d.ipynb"), new NotebookRunException("torn"))], folder.Path))!["runs"]![0]!;

        Assert.Empty(whole["results"]!.AsArray());
        Assert.True(whole["invocations"]![0]!["executionSuccessful"]!.GetValue<bool>());
        Assert.Equal("%C3%A9%20b%23/c%20d.ipynb", torn["results"]![0]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"cells\":[{\"source\":\"a\"},\n{\"source\":[\n\"x\\n\",\"y\"]}]}", new[] { 1, 3 })]
    [InlineData("{\"metadata\":{\"cells\":[1]},\n\"cells\":[\n{\"metadata\":{\"source\":\"no\"},\n\"source\":[]},\n7,\n{}]}", new[] { 4, 5, 6 })]
    [InlineData("{\"cells\":7}", new int[0])]
    public void The_line_of_a_cell_is_where_its_source_begins(string json, int[] lines) =>
        Assert.Equal(lines, CellLines.Of(System.Text.Encoding.UTF8.GetBytes(json)).OrderBy(pair => pair.Key).Select(pair => pair.Value));

    private static string TestNotebookText(params string[] sources) =>
        "{\n \"cells\": [\n" + string.Join(",\n", sources.Select(source => $"  {{\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"{source}\"\n   ]\n  }}")) + "\n ],\n \"nbformat\": 4\n}\n";
}
