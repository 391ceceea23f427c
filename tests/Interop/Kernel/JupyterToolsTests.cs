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

        var notPassed = outcomes.Where(test => (string)test.Value! != "passed").ToDictionary(test => test.Key, test => (string)test.Value!);
        // The dialect has no pager, and clears outputs from code only.
        Assert.Equal(["test_clear_output", "test_pager"], notPassed.Keys.Order(StringComparer.Ordinal));
        Assert.All(notPassed.Values, outcome => Assert.StartsWith("skipped", outcome, StringComparison.Ordinal));
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

    private static JsonNode Output(JsonNode? cell, string type) =>
        Assert.Single(cell!["outputs"]!.AsArray(), output => (string)output!["output_type"]! == type)!;
}
