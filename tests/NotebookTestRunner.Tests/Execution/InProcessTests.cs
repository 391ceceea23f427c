using System.Globalization;
using CSharpKernel.Hosting;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Audits;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Series;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>C# notebooks whose kernel lives in the runner's process, beside those whose kernel has its own.</summary>
[Collection(nameof(InProcess))]
public sealed class InProcessTests : IDisposable
{
    private const string Widget =
        "// user: set \"Layers\" to 7\nusing CSharpKernel.Widgets;\nvar layers = new IntSlider { Value = 3, Minimum = 1, Maximum = 9, Description = \"Layers\" };\ndisplay(layers);";

    private readonly TemporaryFolder _folder = new();

    public InProcessTests() => KernelSpecInstaller.InstallInto(_folder.File("jupyter"));

    private RunOptions Options => new()
    {
        KernelSpecDirectories = [_folder.File("jupyter")],
        Mode = ComparisonMode.Lax,
        Host = new InProcessKernels(),
        EnvironmentVariables = new Dictionary<string, string> { ["OF_A_NOTEBOOK"] = "given" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Console.WriteLine(\"printed\"); Console.Error.WriteLine(\"warned\");", "Enumerable.Range(1, 3).ToArray()", "display(HTML(\"<b>bold</b>\"));\nnew { Name = \"x\", Size = 3 }")]
    [InlineData("// test: raises InvalidOperationException \"no such digit\"\nint Fail() => throw new InvalidOperationException(\"no such digit\");\nFail();", "// test: raises CompilationError\nunknown + 1", "1 / 2.0")]
    [InlineData("var shown = display(\"before\");", "shown.Update(\"after\");", "display(\"last\");")]
    [InlineData("// user: answer Anna\nvar name = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"Name?\");\nname", "// user: answer Berta\nConsole.ReadLine()")]
    [InlineData(Widget, "layers.Value", "// user: set \"Layers\" to 5\nawait layers.NextValueAsync()")]
    [InlineData("Environment.GetEnvironmentVariable(\"OF_A_NOTEBOOK\") + System.IO.File.Exists(\"lesson.ipynb\")", "3.5.ToString() + DateTime.MinValue", "#!time\n1 + 1")]
    public async Task A_notebook_shows_the_same_in_the_runners_process_as_over_the_wire(params string[] cells)
    {
        var result = await new DeterminismAudit(Options).RunAsync(Save(cells), null, TestContext.Current.CancellationToken);

        Assert.True(result.Verdict == Verdict.Passed, string.Join('\n', result.Cells.Select(cell => cell.Message)));
        Assert.All(result.Cells, cell => Assert.Equal(Verdict.Passed, cell.Verdict));
        Assert.Contains(result.Cells, cell => cell.Outputs.Count > 0);
    }

    [Fact]
    public async Task What_differs_is_told_by_cell()
    {
        var result = await new DeterminismAudit(Options).RunAsync(Save("1", "typeof(System.Reflection.Assembly).Name + System.Reflection.Assembly.GetEntryAssembly().GetName().Name"), null, TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Passed, Verdict.Failed], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains("It shows something else (-) in a kernel's own process (+) in the runner's.", result.Cells[1].Message, StringComparison.Ordinal);
        Assert.Contains("- AssemblyCSharpKernel\n+ Assembly", result.Cells[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_hangs_is_interrupted_and_the_process_is_left_as_it_was()
    {
        var before = (Environment.CurrentDirectory, Console.Out, Console.Error, Console.In, CultureInfo.DefaultThreadCurrentCulture, Environment.GetEnvironmentVariable("OF_A_NOTEBOOK"));
        var changing = "Environment.CurrentDirectory = System.IO.Path.GetTempPath(); Environment.SetEnvironmentVariable(\"OF_A_NOTEBOOK\", \"changed\"); Environment.SetEnvironmentVariable(\"LEFT_BY_A_NOTEBOOK\", \"1\");";

        var result = await new NotebookRunner(Options).RunAsync(Save(changing, "Environment.ProcessId", "// test: timeout 1\nwhile (true) { }", "2"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        Assert.Equal($"{Environment.ProcessId}", Assert.IsType<ExecuteResultOutput>(result.Cells[1].Outputs[0]).Text("text/plain"));
        Assert.StartsWith("ran longer than 1 s", result.Cells[2].Message, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.Cells[2].Message, StringComparison.Ordinal);
        Assert.Equal(before, (Environment.CurrentDirectory, Console.Out, Console.Error, Console.In, CultureInfo.DefaultThreadCurrentCulture, Environment.GetEnvironmentVariable("OF_A_NOTEBOOK")));
        Assert.Null(Environment.GetEnvironmentVariable("LEFT_BY_A_NOTEBOOK"));
    }

    [Fact]
    public async Task Notebooks_take_turns_although_several_are_asked_for_at_once()
    {
        var paths = ((string[])["a", "b", "c"]).Select(name => _folder.Write($"{name}/lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName,
            "await Task.Delay(200);", $"if (System.IO.Path.GetFileName(Environment.CurrentDirectory) != \"{name}\") throw new Exception(Environment.CurrentDirectory);"))).ToList();

        var results = await new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options, Parallel = 3 }).RunAsync(paths, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.True(result.Verdict == Verdict.Passed, result.Cells[^1].Message));
    }

    [Fact]
    public async Task Another_kernel_is_refused()
    {
        KernelSpecStore.Install("other", KernelSpecInstaller.Create(), _folder.File("jupyter"));

        var error = await Assert.ThrowsAsync<NotebookRunException>(() => new NotebookRunner(Options with { KernelName = "other" }).RunAsync(Save("1"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("Only the kernel '.net-csharp' can be hosted in this process, and this is 'other'", error.Message, StringComparison.Ordinal);
    }

    private string Save(params string[] cells) => _folder.Write("lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, [.. cells.Select(cell => (TestCell)cell)]));
}
