using System.Text.Json.Nodes;
using CSharpKernel.KernelSpecs;
using CSharpKernel.Protocol;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Tests.Faults;

/// <summary>One test for each fault of .NET Interactive that its users reported.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Notebook _notebook = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Fault_1_an_interrupt_neither_does_nothing_nor_loses_the_state()
    {
        await using var kernel = await StartAsync();
        await kernel.WithExitAsync(kernel.Client.ExecuteAsync("var kept = 41;", cancellationToken: Token));
        var running = kernel.Client.ExecuteAsync("while (true) ;", cancellationToken: Token);
        await kernel.InterruptAsync(Token);
        Assert.Equal("error", Status(await kernel.WithExitAsync(running)));
        Assert.Equal("ok", Status(await kernel.WithExitAsync(kernel.Client.ExecuteAsync("if (kept != 41) throw new Exception();", cancellationToken: Token))));
    }

    [Fact]
    public async Task Fault_2_nothing_is_said_of_assembly_versions() =>
        Assert.Equal("", (await _notebook.RunWellAsync("HTML(\"<b>x</b>\")")).Stderr);

    [Fact]
    public async Task Fault_3_the_answer_of_a_package_line_is_kept()
    {
        await _notebook.RunWellAsync("#r nuget: Newtonsoft.Json, 13.0.4");
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(Path.Combine(_notebook.Folder, "cache")));
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

    [Fact]
    public async Task Fault_9_a_chart_needs_no_extension_package() =>
        Assert.NotNull((await _notebook.RunWellAsync("public class Chart { public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { [\"image/svg+xml\"] = \"<svg/>\" }; }\nnew Chart()")).Result["image/svg+xml"]);

    [Fact]
    public void Fault_10_any_later_runtime_of_the_same_major_version_starts_the_kernel()
    {
        var configuration = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "CSharpKernel.runtimeconfig.json")))!["runtimeOptions"]!;
        Assert.StartsWith("10.0.0", (string)configuration["framework"]!["version"]!, StringComparison.Ordinal);
        Assert.NotEqual("Disable", (string?)configuration["rollForward"]);
    }

    [Fact]
    public void Fault_11_a_debugger_that_is_not_there_is_not_announced() =>
        Assert.NotEqual(true, (bool?)KernelInformation.Create()["debugger"]);

    [Fact]
    public async Task Fault_12_cells_run_without_a_front_end_and_without_Python()
    {
        await using var kernel = await StartAsync();
        Assert.Equal("ok", Status(await kernel.WithExitAsync(kernel.Client.ExecuteAsync("#!javascript\nalert(1)\n#!csharp\n1", cancellationToken: Token))));
    }

    private static string Status(JupyterProtocol.Messages.Message reply) => reply.Content["status"]!.GetValue<string>();

    private static Task<KernelProcess> StartAsync() =>
        KernelProcess.StartAsync(new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, KernelSpecInstaller.Create()), new KernelStartOptions(), Token);
}
