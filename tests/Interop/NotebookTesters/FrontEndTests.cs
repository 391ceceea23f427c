using System.Text.Json.Nodes;
using Interop.Kernel;
using NotebookTestRunner;
using NotebookTestRunner.FrontEnd;
using Tutorial.Helpers;

namespace Interop.NotebookTesters;

/// <summary>A simulated user of real kernels' real widgets.</summary>
public sealed class FrontEndTests : IDisposable
{
    private readonly KernelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Questions_are_answered_and_widgets_used_on_the_CSharp_kernel()
    {
        var result = await RunAsync(".net-csharp",
            "// user: answer Anna\nvar name = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"Name?\");\nname",
            "// user: set \"Layers\" to 7\n// user: click \"Train\"\n// user: expect \"Result\" trained 7 layers\nusing CSharpKernel.Widgets;\n"
                + "var layers = new IntSlider { Value = 3, Minimum = 1, Maximum = 9, Description = \"Layers\" };\nvar train = new Button { Description = \"Train\" };\n"
                + "var result = new Text { Description = \"Result\" };\ntrain.Clicked += () => result.Value = $\"trained {layers.Value} layers\";\ndisplay(new VBox(layers, train, result));",
            "layers.Value",
            "// user: set \"Layers\" to 5\nawait layers.NextValueAsync()");

        Assert.True(result.Verdict == Verdict.Passed, string.Join('\n', result.Cells.Select(cell => cell.Message)));
        Assert.Equal(["Anna", "7", "5"], ((int[])[0, 2, 3]).Select(cell => ((NotebookTestRunner.Outputs.ExecuteResultOutput)result.Cells[cell].Outputs[^1]).Text("text/plain")));
    }

    [Fact]
    public async Task A_drawing_is_played_and_seen_as_the_network_would()
    {
        File.WriteAllText(_folder.Combine("seven.json"), SampleDrawings.All.First(sample => sample.Digit == 7).Drawing.ToJson());

        var result = await RunAsync(".net-csharp",
            $"#r \"{typeof(SampleDrawings).Assembly.Location}\"\nusing CSharpKernel.Widgets;\nusing Tutorial.Helpers;",
            "// user: draw seven.json on \"Draw a digit\"\n// user: expect printed seen True\n"
                + "var pad = new Sketchpad(description: \"Draw a digit\");\n"
                + "pad.Changed += drawing => Console.WriteLine($\"seen {DigitDrawing.Parse(drawing).ToImage()[14, 14] >= 0 && !DigitDrawing.Parse(drawing).IsEmpty}\");\ndisplay(pad);",
            "DigitDrawing.Parse(pad.Value).Strokes.Count");

        Assert.True(result.Verdict == Verdict.Passed, string.Join('\n', result.Cells.Select(cell => cell.Message)));
        Assert.Equal("2", ((NotebookTestRunner.Outputs.ExecuteResultOutput)result.Cells[2].Outputs[^1]).Text("text/plain"));
    }

    [Fact]
    public async Task Questions_are_answered_on_the_Python_kernel()
    {
        var result = await RunAsync("python3", "# user: answer Anna\nname = input('Name?')\nname", "x = 1");

        Assert.True(result.Verdict == Verdict.Passed, string.Join('\n', result.Cells.Select(cell => cell.Message)));
        Assert.Equal("'Anna'", ((NotebookTestRunner.Outputs.ExecuteResultOutput)result.Cells[0].Outputs[^1]).Text("text/plain"));
    }

    private Task<NotebookResult> RunAsync(string kernel, params string[] cells)
    {
        var path = _folder.Combine("notebook.ipynb");
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((source, i) => new JsonObject
            {
                ["cell_type"] = "code", ["execution_count"] = null, ["id"] = $"c{i}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = kernel, ["language"] = "x", ["name"] = kernel } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());
        var python = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(PythonEnvironment.Require().Executable))!, "share", "jupyter");
        var options = new RunOptions { KernelSpecDirectories = [_folder.FullName, python], Mode = ComparisonMode.Lax, Checks = [new FrontEndCheck(TimeSpan.FromSeconds(60))] };
        return new NotebookRunner(options).RunAsync(path, null, TestContext.Current.CancellationToken);
    }
}
