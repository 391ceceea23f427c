using System.Text.Json.Nodes;

namespace Interop.Kernel;

/// <summary>Jupyter's tools around our kernel: its suite for kernels, and the notebook runner nbclient.</summary>
public sealed class JupyterToolsTests : IDisposable
{
    private readonly KernelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_kernel_passes_jupyter_kernel_test()
    {
        var outcomes = (await PythonEnvironment.Require().RunWithJupyterAsync("kernel_suite", _folder.FullName)).AsObject();

        // The dialect has no pager.
        var (name, outcome) = Assert.Single(outcomes, test => (string)test.Value! != "passed");
        Assert.Equal("test_pager", name);
        Assert.StartsWith("skipped", (string)outcome!, StringComparison.Ordinal);
        Assert.Equal(12, outcomes.Count);
    }

    [Fact]
    public async Task Nbclient_executes_a_notebook()
    {
        var notebook = await PythonEnvironment.Require().RunWithJupyterAsync(
            "run_notebook", _folder.FullName, "#!markdown\n# Title", "var x = 20;\nConsole.WriteLine(\"hei\");\nx + 1", "throw new InvalidOperationException(\"boom\");");

        var cells = notebook["cells"]!.AsArray();
        Assert.Contains("Title</h1>", (string)Output(cells[0], "display_data")["data"]!["text/html"]!, StringComparison.Ordinal);
        Assert.Equal("hei\n", (string)Output(cells[1], "stream")["text"]!);
        Assert.Equal("21", (string)Output(cells[1], "execute_result")["data"]!["text/plain"]!);
        Assert.Equal("InvalidOperationException", (string)Output(cells[2], "error")["ename"]!);
        Assert.Equal("C#", (string)notebook["metadata"]!["language_info"]!["name"]!);
    }

    [Fact]
    public async Task Nbconvert_executes_and_keeps_what_cells_show_in_every_format()
    {
        var told = (await ToolAsync("nbconvert"))!;

        foreach (var format in (string[])["html", "markdown", "notebook", "script", "allowed"])
            Assert.Equal(0, (int)told[format]!["exit"]!);
        Assert.Contains("<b>bold</b>", Text(told["html"]), StringComparison.Ordinal);
        Assert.Contains("Oulu", Text(told["html"]), StringComparison.Ordinal);
        Assert.Contains("streamed", Text(told["markdown"]), StringComparison.Ordinal);
        Assert.Contains("1 + 2", Text(told["script"]), StringComparison.Ordinal);
        Assert.NotEqual(0, (int)told["failing"]!["exit"]!);
        Assert.Contains("boom", Text(told["failing"]), StringComparison.Ordinal);
        Assert.Equal("""[["boom"],["2"]]""", told["allowed"]!["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task Jupyter_execute_runs_a_notebook_and_stops_at_a_cell_that_fails()
    {
        var told = await ToolAsync("execute");

        Assert.Equal(0, (int)told["whole"]!["exit"]!);
        Assert.Equal("""[["streamed\n"],["21"]]""", told["whole"]!["outputs"]!.ToJsonString());
        Assert.NotEqual(0, (int)told["failing"]!["exit"]!);
        Assert.Contains("boom", Text(told["failing"]), StringComparison.Ordinal);
        Assert.Equal(0, (int)told["allowed"]!["exit"]!);
        Assert.Equal("""[["boom"],["2"]]""", told["allowed"]!["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task Papermill_fills_in_parameters_and_fails_with_the_cell()
    {
        var told = await ToolAsync("papermill");

        Assert.Equal("7 0.25 a \"quoted\" \\ line\nand another € 😀 True 3+4 2 3000000000 False one+two", (string)told["outputs"]![2]![0]!);
        Assert.Equal("""[["parameters"],["injected-parameters"],[]]""", told["tags"]!.ToJsonString());
        Assert.NotEqual(0, (int)told["failing"]!["exit"]!);
        Assert.Contains("InvalidOperationException: boom", Text(told["failing"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nbval_judges_cells_by_their_tags()
    {
        var told = await ToolAsync("nbval");

        Assert.Contains("4 passed, 1 skipped", Text(told["nbval"]), StringComparison.Ordinal);
        Assert.Contains("4 passed, 1 skipped", Text(told["nbval-lax"]), StringComparison.Ordinal);
        Assert.Contains("1 failed, 3 passed, 1 skipped", Text(told["changed"]), StringComparison.Ordinal);
        Assert.Contains("4 passed, 1 skipped", Text(told["changed-lax"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jupyter_console_runs_cells_and_keeps_variables_over_Ctrl_C()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals that pexpect knows.");
        var told = await PythonEnvironment.Require().RunWithJupyterAsync("drive_console", _folder.FullName);

        Assert.Null(told["fault"]);
        Assert.Contains("Out[1]: 42", (string)told["result"]!, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: boom", (string)told["error"]!, StringComparison.Ordinal);
        Assert.Contains("was interrupted", (string)told["interrupt"]!, StringComparison.Ordinal);
        Assert.Contains("Out[4]: 7", (string)told["kept"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jupyter_console_completes_with_Tab_and_takes_cells_of_several_lines()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals that pexpect knows.");
        var told = await PythonEnvironment.Require().RunWithJupyterAsync("drive_console_keys", _folder.FullName);

        Assert.Null(told["fault"]);
        Assert.Equal(("completed by Tab", "lines: 012"), ((string)told["completed"]!, (string)told["lines"]!));
    }

    private static string Text(JsonNode? told) => (string)told!["text"]!;

    private async Task<JsonNode> ToolAsync(string tool) => (await PythonEnvironment.Require().RunWithJupyterAsync("run_tools", _folder.FullName, tool))[tool]!;

    private static JsonNode Output(JsonNode? cell, string type) =>
        Assert.Single(cell!["outputs"]!.AsArray(), output => (string)output!["output_type"]! == type)!;
}
