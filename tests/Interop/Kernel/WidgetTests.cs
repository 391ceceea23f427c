namespace Interop.Kernel;

/// <summary>A front end with widgets, played by Jupyter's own client, and nbclient, which keeps their state in the notebook.</summary>
public sealed class WidgetTests : IDisposable
{
    private readonly KernelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_front_end_and_the_notebook_change_widgets_both_ways()
    {
        var told = await PythonEnvironment.Require().RunWithJupyterAsync("drive_widgets", _folder.FullName);

        Assert.Equal((3, 10, "IntSliderModel"), ((int)told["opened"]!["value"]!, (int)told["opened"]!["max"]!, (string)told["opened"]!["_model_name"]!));
        Assert.Equal(("[7,8]", 4), (told["image"]!.ToJsonString(), (int)told["children"]!));
        Assert.Equal("7 layers", (string)told["label"]!);
        Assert.Equal("now 7\n", (string)told["below"]!["stdout"]!);
        Assert.Contains("boom", (string)told["below"]!["stderr"]!, StringComparison.Ordinal);
        Assert.Equal("[{\"value\":7}]", told["echoes"]!.ToJsonString());

        Assert.Equal(5, told["comm_info"]!["comms"]!.AsObject().Count);
        Assert.Equal("[\"ButtonModel\",\"ImageModel\",\"IntSliderModel\",\"LabelModel\",\"VBoxModel\"]", told["states"]!.ToJsonString());
        Assert.Equal("[[7,8]]", told["state_buffers"]!.ToJsonString());
        Assert.True((bool)told["unknown_closed"]!);

        Assert.Equal(("5", "8", "9"), ((string)told["awaited"]!, (string)told["awaited_without_subshell"]!, (string)told["busy"]!));
        Assert.Contains("interrupted", (string)told["interrupted"]!, StringComparison.Ordinal);
        Assert.Contains("without a reader", (string)told["headless"]!, StringComparison.Ordinal);
        Assert.Equal((100_000, "100000 of 100000"), ((int)told["flood"]!, (string)told["flood_stored"]!));
        Assert.Equal("{\"data\":{\"sum\":6,\"bytes\":3},\"buffers\":[[1,2,3]]}", told["sum"]!.ToJsonString());
        Assert.True((bool)told["closed"]! && (bool)told["alive"]!);
    }

    [Fact]
    public async Task Nbclient_keeps_the_state_of_widgets_and_nothing_waits()
    {
        var notebook = await PythonEnvironment.Require().RunWithJupyterAsync(
            "run_notebook",
            _folder.FullName,
            "using CSharpKernel.Widgets;\nvar slider = new IntSlider { Value = 3, Description = \"Layers\" };\nslider",
            "slider.Value = 5;\nvar area = new Output();\nusing (area.Capture()) Console.WriteLine(\"kept\");\ndisplay(new VBox(new Image(new byte[] { 1, 2 }), area));",
            "foreach (var i in Enumerable.Range(0, 3).WithProgress(\"Steps\")) { }",
            "await slider.NextValueAsync()");

        var cells = notebook["cells"]!.AsArray();
        var state = notebook["metadata"]!["widgets"]!["application/vnd.jupyter.widget-state+json"]!["state"]!.AsObject();
        var view = cells[0]!["outputs"]![0]!["data"]!;
        var slider = state[(string)view["application/vnd.jupyter.widget-view+json"]!["model_id"]!]!;
        Assert.Equal(("IntSliderModel", "@jupyter-widgets/controls", "2.0.0", 5), ((string)slider["model_name"]!, (string)slider["model_module"]!, (string)slider["model_module_version"]!, (int)slider["state"]!["value"]!));
        Assert.Equal("Layers 3", (string)view["text/plain"]!);
        var area = state.Single(model => (string)model.Value!["model_name"]! == "OutputModel").Value!;
        Assert.Equal("kept\n", (string)area["state"]!["outputs"]![0]!["text"]!);
        var image = state.Single(model => (string)model.Value!["model_name"]! == "ImageModel").Value!;
        Assert.Equal("AQI=", (string)image["buffers"]![0]!["data"]!);
        var progress = cells[2]!["outputs"]![0]!["data"]!.AsObject();
        Assert.Equal("Steps 3 of 3", (string)progress["text/plain"]!);
        Assert.False(progress.ContainsKey("application/vnd.jupyter.widget-view+json"));
        Assert.Contains("without a reader", (string)Assert.Single(cells[3]!["outputs"]!.AsArray())!["evalue"]!, StringComparison.Ordinal);
    }
}
