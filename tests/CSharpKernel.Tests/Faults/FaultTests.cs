using System.Text.Json.Nodes;
using CSharpKernel.Execution;
using CSharpKernel.KernelSpecs;
using CSharpKernel.Protocol;
using CSharpKernel.Tests.Packages;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Tests.Faults;

/// <summary>One test for each fault of .NET Interactive that its users reported.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Notebook _notebook = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("message", "while (true) ;")]
    [InlineData("signal", "while (true) ;")]
    [InlineData("message", "await Task.Delay(-1);")]
    [InlineData("signal", "await Task.Delay(-1);")]
    public async Task Fault_1_an_interrupt_neither_does_nothing_nor_loses_the_state(string mode, string code)
    {
        Assert.SkipWhen(mode == "signal" && Platform.Current.IsWindows, "Windows has no signals.");
        await using var kernel = await StartAsync(KernelSpecInstaller.Create() with { InterruptMode = mode });
        await kernel.WithExitAsync(kernel.Client.ExecuteAsync("var kept = 41;", cancellationToken: Token));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.Client.ExecuteAsync("Console.WriteLine(1); " + code, message => _ = message.MessageType == "stream" && started.TrySetResult(), cancellationToken: Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await kernel.InterruptAsync(Token);
        Assert.Equal("error", Status(await kernel.WithExitAsync(running)));
        Assert.Equal("ok", Status(await kernel.WithExitAsync(kernel.Client.ExecuteAsync("if (kept != 41) throw new Exception();", cancellationToken: Token))));
    }

    [Fact]
    public async Task Fault_2_nothing_is_said_of_assembly_versions() =>
        Assert.Equal("", (await _notebook.RunWellAsync("HTML(\"<b>x</b>\")")).Stderr);

    [Fact]
    public async Task Fault_3_a_package_line_that_was_answered_once_asks_no_source_again()
    {
        const string Cell = "#r \"nuget: Quick, 1.0.0\"\nQuick.Version";
        var source = new PackageSource(_notebook.Folder);
        source.Add("Quick", "1.0.0");
        await _notebook.RunWellAsync(Cell);
        Directory.Delete(source.Folder, recursive: true);

        using var later = new CSharpEngine(_notebook.Folder, Path.Combine(_notebook.Folder, "cache"), TimeProvider.System);
        var output = new Output();
        Assert.Null((await later.ExecuteAsync(Cell, 1, output, Token)).Error);
        Assert.Equal("1.0.0", output.Result["text/plain"]!.ToString());
    }

    [Fact]
    public async Task Fault_4_and_5_cells_that_declare_nothing_leave_nothing_in_the_session()
    {
        await _notebook.RunWellAsync("var x = 1;");
        var before = _notebook.Engine.Session.Version;
        for (var i = 0; i < 20; i++)
            await _notebook.RunWellAsync("x + 1");
        Assert.Equal(before, _notebook.Engine.Session.Version);
    }

    [Fact]
    public async Task Fault_6_an_update_goes_to_the_place_of_what_it_replaces()
    {
        var cell = await _notebook.RunWellAsync("var d = display(1); d.Update(2);");
        Assert.Equal(cell.Displays[0].Name, cell.Displays[1].Name);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("new { A = 1 }")]
    [InlineData("HTML(\"<b>x</b>\")")]
    [InlineData("new List<int>()")]
    [InlineData("(object)null")]
    public async Task Fault_7_a_result_always_has_plain_text(string code) =>
        Assert.NotNull((await _notebook.RunWellAsync(code)).Result["text/plain"]);

    [Fact]
    public async Task Fault_8_a_clash_of_versions_names_the_package_and_both()
    {
        await _notebook.RunWellAsync("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nNewtonsoft.Json.JsonConvert.SerializeObject(1)");
        var error = (await _notebook.RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.3\"")).Error.Value;
        Assert.All((string[])["Newtonsoft.Json", "13.0.3", "13.0.4"], part => Assert.Contains(part, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#r \"nuget: Plotly.NET.Interactive, 6.0.0\"\n")]
    public async Task Fault_9_a_chart_needs_no_extension_package_and_no_extension_takes_it_away(string extension)
    {
        var chart = (await _notebook.RunWellAsync("#r \"nuget: Plotly.NET.CSharp, 0.14.0\"\n" + extension + "Plotly.NET.CSharp.Chart.Line<int, int, string>(new[] { 1, 2 }, new[] { 3, 4 })")).Result;
        Assert.Equal([3, 4], chart["application/vnd.plotly.v1+json"]!["data"]![0]!["y"]!.AsArray().GetValues<int>());
    }

    [Fact]
    public async Task Fault_10_the_kernel_starts_and_compiles_with_the_runtime_alone_whatever_SDK_there_is()
    {
        // A dotnet without any SDK, in a folder that asks for one that nobody has.
        var dotnet = KernelSpecInstaller.Create().Argv[0];
        var root = Path.GetDirectoryName(File.ResolveLinkTarget(dotnet, returnFinalTarget: true)?.FullName ?? dotnet)!;
        Assert.SkipUnless(Directory.Exists(Path.Combine(root, "shared")), "The kernel is not run by a dotnet of its own.");
        var bare = Directory.CreateDirectory(Path.Combine(_notebook.Folder, "runtime only")).FullName;
        var host = Path.Combine(bare, Path.GetFileName(dotnet));
        File.Copy(Path.Combine(root, Path.GetFileName(dotnet)), host);
        foreach (var part in (string[])["host", "shared"])
            Directory.CreateSymbolicLink(Path.Combine(bare, part), Path.Combine(root, part));
        _notebook.WriteFile("global.json", "{ \"sdk\": { \"version\": \"99.0.100\" } }");
        var spec = KernelSpecInstaller.Create();

        await using var kernel = await StartAsync(spec with { Argv = [host, .. spec.Argv.Skip(1)] }, new() { ["DOTNET_ROOT"] = bare, ["PATH"] = bare });

        Assert.Equal("ok", Status(await kernel.WithExitAsync(kernel.Client.ExecuteAsync($"if (!Environment.ProcessPath!.Contains(\"runtime only\")) throw new Exception(); record Point(int X); new Point(1)", cancellationToken: Token))));
    }

    [Fact]
    public void Fault_11_a_debugger_that_is_not_there_is_not_announced() =>
        Assert.NotEqual(true, (bool?)KernelInformation.Create()["debugger"]);

    [Fact]
    public async Task Fault_12_cells_run_without_a_front_end_and_without_Python()
    {
        // Nothing of this machine can be found and started.
        await using var kernel = await StartAsync(environment: new() { ["PATH"] = _notebook.Folder, ["HOME"] = _notebook.Folder, ["USERPROFILE"] = _notebook.Folder });
        var shown = new List<string>();
        var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync(
            "#!javascript\nalert(1)\n#!html\n<b>x</b>\n#!markdown\n# x\n#!mermaid\ngraph TD; A-->B\n#!csharp\n1",
            message => { if (message.Content["data"] is JsonObject data) shown.Add(data.First().Key); },
            cancellationToken: Token));
        Assert.Equal("ok", Status(reply));
        Assert.Equal(5, shown.Count);
    }

    private static string Status(JupyterProtocol.Messages.Message reply) => reply.Content["status"]!.GetValue<string>();

    private Task<KernelProcess> StartAsync(KernelSpec? spec = null, Dictionary<string, string?>? environment = null) => KernelProcess.StartAsync(
        new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, spec ?? KernelSpecInstaller.Create()),
        new KernelStartOptions { WorkingDirectory = _notebook.Folder, Environment = environment ?? [] },
        Token);
}
