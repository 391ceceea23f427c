using CSharpKernel.KernelSpecs;
using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Events;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Audits.Sections;

/// <summary>Sections of C# notebooks by themselves, on the real kernel.</summary>
public sealed class SectionsAuditTests : IDisposable
{
    private const string Write = "File.WriteAllText(\"result.txt\", \"42\");";
    private const string Read = "Console.Write(File.ReadAllText(\"result.txt\"));";

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunEvent> _events = [];

    public SectionsAuditTests() => KernelSpecInstaller.InstallInto(_folder.File("jupyter"));

    private RunOptions Options => new() { KernelSpecDirectories = [_folder.File("jupyter")] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_section_that_stands_alone_and_one_whose_names_are_found_above_pass()
    {
        var result = await AuditAsync(
            Markdown("# Numbers"), "var start = 1;",
            Markdown("## Add"), "var total = start + 1;", "total += 40;",
            Markdown("## Alone"), new TestCell("Console.Write(start);", Printed("1")),
            Markdown("## Show"), new TestCell("Console.Write(total);", Printed("42")));

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal(["Add: 4 5 after 2, all", "Alone: 7 after 2", "Show: 9 after 2 4 5"], result.Sections.Select(Brief));
        Assert.All(result.Sections, section => Assert.Equal((Verdict.Passed, !section.NeedsAll), (section.Verdict, section.Duration > TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_section_that_needs_a_file_of_another_fails_alone_and_is_told_whose()
    {
        // Left by an earlier run: by itself the section must not find it all the same.
        _folder.Write("lessons/result.txt", "42");
        _folder.Write("around.txt", "around");
        var result = await AuditAsync(
            "using System.IO;",
            Markdown("## Save"), Write, "var other = 1;",
            Markdown("## Load"), "Console.Write(File.ReadAllText(\"../around.txt\"));" + Read);

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Passed, Verdict.Failed], result.Cells.Select(cell => cell.Verdict));
        var finding = Assert.Single(result.Cells[3].Findings);
        Assert.Equal(SectionsAudit.Name, finding.Check);
        Assert.StartsWith("It passes in the whole notebook, and fails when its section, \"Load\", is run by itself on a fresh kernel, after cell 1 that it needs:\n", finding.Message, StringComparison.Ordinal);
        Assert.Contains("FileNotFoundException", finding.Message, StringComparison.Ordinal);
        Assert.Contains("whose effects it may miss:\n  cell 3 wrote result.txt", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cell 4", finding.Message, StringComparison.Ordinal);
        Assert.Equal(finding.ToString(), result.Cells[3].Message);
        Assert.Equal([Verdict.Passed, Verdict.Failed], result.Sections.Select(section => section.Verdict));
        Assert.Equal("42", File.ReadAllText(_folder.File("lessons/result.txt")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.Path), entry => Path.GetFileName(entry).StartsWith('.'));
    }

    [Theory]
    [InlineData("// test: needs section save\n", "")]
    [InlineData("// test: needs above\n", "")]
    [InlineData("", "test: needs section Save")]
    public async Task A_section_that_says_so_passes(string mark, string tag)
    {
        var result = await AuditAsync(
            "using System.IO;", "var first = 1;",
            Markdown("## Save"), Write,
            Markdown("## Between"), "var other = 1;",
            Markdown("## Load") with { Tags = tag.Length > 0 ? [tag] : [] }, mark + Read);

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal(mark.Contains("above", StringComparison.Ordinal) ? "Load: 8 after 1 2 4 6, all" : "Load: 8 after 1 4", Brief(result.Sections[^1]));
    }

    [Fact]
    public async Task State_that_no_name_leads_to_is_told_with_the_difference()
    {
        var result = await AuditAsync(
            "var first = 1;",
            Markdown("## Set"), "Environment.SetEnvironmentVariable(\"SECTIONS_OF_A_TEST\", \"on\");",
            Markdown("## Use"), new TestCell("Console.Write(Environment.GetEnvironmentVariable(\"SECTIONS_OF_A_TEST\") ?? \"off\");", Printed("on")));

        Assert.Contains("- on\n+ off", result.Cells[2].Message, StringComparison.Ordinal);
        Assert.Contains("cell 3 does something to Environment, which the section uses", result.Cells[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_analysis_does_not_follow_is_told_with_its_cell()
    {
        var result = await AuditAsync(
            "1",
            Markdown("## Define"), "static class Numbers { }\nstatic int Doubled(this int number) => 2 * number;",
            Markdown("## Use"), "Console.Write(21.Doubled());");

        Assert.Contains("'Doubled'", result.Cells[2].Message, StringComparison.Ordinal);
        Assert.Contains("cell 3 has Doubled\n", result.Cells[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_for_want_of_a_needed_cell_is_told_once()
    {
        var result = await AuditAsync(
            "using System.IO;",
            Markdown("## Save"), Write,
            Markdown("## Load"), "var text = File.ReadAllText(\"result.txt\");",
            Markdown("## Use"), "Console.Write(text);", "Console.Write(text.Length);");

        // The last section needs the cell that reads the file, which is found in the section before.
        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Passed], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains("Could not be judged, as cell 5, which comes before it, failed", result.Cells[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_and_options_are_prepared_anew_for_each_section()
    {
        var prepared = 0;
        var path = Save("1", Markdown("## A"), "2", Markdown("## B"), "Console.Write(Environment.GetEnvironmentVariable(\"WHICH\"));");
        var result = await new SectionsAudit(
            Options with { Mode = ComparisonMode.Lax },
            () => Options with { EnvironmentVariables = new Dictionary<string, string> { ["WHICH"] = $"{++prepared}" }, Mode = ComparisonMode.Lax }).RunAsync(path, null, TestContext.Current.CancellationToken);

        Assert.Equal((Verdict.Passed, 1), (result.Verdict, prepared));
    }

    [Fact]
    public async Task A_store_that_the_notebook_writes_to_is_left_out_whole()
    {
        _folder.Write("lessons/mlruns/1/old/meta.yaml", "of an earlier run");
        _folder.Write("lessons/data/mlruns.csv", "data");

        var result = await AuditAsync(
            "using System.IO;",
            Markdown("## Log"), "Directory.CreateDirectory(\"mlruns/1/new\"); File.WriteAllText(\"mlflow.db\", \"\");",
            Markdown("## Look"), "if (Directory.Exists(\"mlruns\") != File.Exists(\"mlflow.db\")) throw new Exception(\"half a store\");", "File.ReadAllText(\"data/mlruns.csv\")");

        Assert.True(result.Verdict == Verdict.Passed, string.Join('\n', result.Cells.Select(cell => cell.Message)));
    }

    [Fact]
    public async Task What_keeps_a_section_from_being_run_is_told_beside_all_that_is_known()
    {
        var path = Save("1", Markdown("## A"), "var a = 2;", Markdown("## B"), "3");
        var result = await new SectionsAudit(Options with { Mode = ComparisonMode.Lax }, () => throw new NotebookRunException("The store cannot be emptied.")).RunAsync(path, null, TestContext.Current.CancellationToken);

        Assert.All(result.Cells, cell => Assert.Equal(Verdict.Passed, cell.Verdict));
        Assert.Equal("The section \"B\" could not be run by itself. The store cannot be emptied.", Assert.Single(result.Findings).Message);
        Assert.Equal([Verdict.Passed, Verdict.Failed], result.Sections.Select(section => section.Verdict));
    }

    [Fact]
    public async Task Verdicts_are_told_once_and_at_the_end()
    {
        await AuditAsync("1", Markdown("## A"), "var a = 2;", Markdown("## B"), "Console.Write(3);");

        Assert.Single(_events.OfType<NotebookStarted>());
        Assert.Equal([1, 3, 5], _events.OfType<CellFinished>().Select(step => step.Cell.Number));
        Assert.Equal(2, Assert.Single(_events.OfType<NotebookFinished>()).Result.Sections.Count);
    }

    [Theory]
    [InlineData("It has no sections", "1", "2")]
    [InlineData("does not run to its end", "1", "throw new Exception();")]
    public async Task Where_no_section_can_be_run_a_warning_says_why(string why, string first, string second)
    {
        var result = await AuditAsync(first, Markdown(why.Contains("no sections", StringComparison.Ordinal) ? "### Deeper" : "## A"), second, "3");

        var warning = Assert.Single(result.Findings);
        Assert.Equal((SectionsAudit.Name, FindingSeverity.Warning), (warning.Check, warning.Severity));
        Assert.Contains(why, warning.Message, StringComparison.Ordinal);
        Assert.Empty(result.Sections);
    }

    [Fact]
    public async Task A_mark_that_names_no_section_above_is_refused_before_anything_runs()
    {
        var error = await Assert.ThrowsAsync<NotebookRunException>(() => AuditAsync(Markdown("## Save"), Write, Markdown("## Load"), "// test: needs section Sav\n1"));

        Assert.Contains("The section \"Load\" says that it needs the section \"Sav\", and above it there is \"Save\"", error.Message, StringComparison.Ordinal);
        Assert.Empty(_events);
    }

    private static string Brief(SectionResult section) =>
        $"{section.Title}: {string.Join(' ', section.Cells)} after {string.Join(' ', section.Needs)}{(section.NeedsAll ? ", all" : "")}";

    private string Save(params TestCell[] cells) => _folder.Write("lessons/lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, [.. cells]));

    private Task<NotebookResult> AuditAsync(params TestCell[] cells)
    {
        // What is stored is compared where the test stores something.
        var options = cells.Any(cell => cell.Stored.Length > 0) ? Options : Options with { Mode = ComparisonMode.Lax };
        return new SectionsAudit(options).RunAsync(Save(cells), new Recorder(_events), TestContext.Current.CancellationToken);
    }

    private sealed class Recorder(List<RunEvent> events) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => events.Add(value);
    }
}
