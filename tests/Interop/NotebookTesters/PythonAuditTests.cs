using System.Text.Json.Nodes;
using NotebookTestRunner;
using NotebookTestRunner.Audits;
using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Checks.HiddenState;

namespace Interop.NotebookTesters;

/// <summary>Audits of notebooks in another language, on its real kernel.</summary>
public sealed class PythonAuditTests : IDisposable
{
    private readonly PythonEnvironment _python = PythonEnvironment.Require();
    private readonly TemporaryFolder _folder = new();

    private RunOptions Options => new()
    {
        KernelSpecDirectories = [Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(_python.Executable))!, "share", "jupyter")],
        Checks = [new HiddenStateCheck()],
        Mode = ComparisonMode.Lax,
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "import os\nx = 1", "def f(a):\n    return a + later\nprint(x, os.sep, len('a'))", "later = 2\nf(1)\n[i for i in range(3)]\nprint(display)")]
    [InlineData("1: It uses total, which is defined only below, in cell 2: in a fresh kernel it fails.", "print(total)", "total = 3")]
    [InlineData("2: It uses model, which no cell defines", "x = 1", "model.fit(x)")]
    [InlineData("2: It uses helper, which no cell defines", "x = 1", "def f():\n    return helper(x)")]
    [InlineData("1: It uses counter, which no cell defines", "counter += 1")]
    [InlineData("", "from math import *", "sqrt(2)")]
    [InlineData("", "%%bash\necho $unknown", "!ls unknown\n%time x = 1\nfiles = !ls\nx?", "print(x if False else files)")]
    [InlineData("", "class A:\n    y = 1\n    z = y\n    def f(self):\n        return self.y", "with open('a') as f, A() as b:\n    pass\ntry:\n    pass\nexcept ValueError as e:\n    print(e, f, b)", "match b:\n    case {'a': c, **rest}:\n        print(c, rest)\n(n := 3)\nprint(n)\nlambda q, *r, **s: q")]
    public async Task Names_of_Python_cells_are_read(string expected, params string[] cells)
    {
        var result = await new NotebookRunner(Options).InspectAsync(Save(cells), TestContext.Current.CancellationToken);

        var found = string.Join('\n', result.Findings.Select(finding => $"{finding.CellNumber}: {finding.Message}"));
        Assert.True(expected.Length == 0 ? found.Length == 0 : found.StartsWith(expected, StringComparison.Ordinal), found);
    }

    [Fact]
    public async Task What_is_random_is_found_by_running_twice()
    {
        var path = Save("import random, time\nprint('same')", "print(random.random())", "# test: normalize numbers\nprint('took', random.random())", "{1: 2}");
        var result = await new DeterminismAudit(Options).RunAsync(path, null, TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Passed], result.Cells.Select(cell => cell.Verdict));
        Assert.Equal([1, 2, 3, 4], result.Cells.Select(cell => cell.ExecutionCount!.Value));
    }

    [Fact]
    public async Task Sections_are_run_by_themselves_after_what_they_need()
    {
        var path = Save(
            "import os\nstart = 1",
            "## Load", "values = [start]", "values.append(41)", "open('saved.txt', 'w').write('x')",
            "## Sum", "assert sum(values) == 42",
            "## File", "assert open('saved.txt').read() == 'x'",
            "## Marked", "# test: needs section Load\nassert open('saved.txt').read() == 'x'",
            "## Function", "def f():\n    return later() + start", "def later():\n    return 1",
            "## Call", "assert f() == 2");
        var result = await new SectionsAudit(Options).RunAsync(path, null, TestContext.Current.CancellationToken);

        Assert.Equal(["Load after 1", "Sum after 1 3 4", "File after 1", "Marked after 1 3 4 5", "Function after 1", "Call after 1 13 14"], result.Sections.Select(section => $"{section.Title} after {string.Join(' ', section.Needs)}"));
        Assert.Equal("File", Assert.Single(result.Sections, section => section.Verdict == Verdict.Failed).Title);
        var failed = Assert.Single(result.Cells, cell => cell.Verdict == Verdict.Failed);
        Assert.Contains("FileNotFoundError", failed.Message, StringComparison.Ordinal);
        Assert.Contains("\n  cell 5 wrote saved.txt\n", failed.Message, StringComparison.Ordinal);
    }

    private string Save(params string[] cells)
    {
        var path = _folder.Combine("notebook.ipynb");
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((source, i) => new JsonObject
            {
                ["cell_type"] = source.StartsWith("## ", StringComparison.Ordinal) ? "markdown" : "code", ["execution_count"] = null, ["id"] = $"c{i}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "Python 3", ["language"] = "python", ["name"] = "python3" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());
        return path;
    }
}
