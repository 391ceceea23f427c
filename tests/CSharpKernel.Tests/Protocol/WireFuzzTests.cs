using System.Text.Json.Nodes;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.Connections;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;
using JupyterProtocol.Tests.Fuzzing;

namespace CSharpKernel.Tests.Protocol;

/// <summary>Whatever comes over the wire, the kernel process answers or ignores it, and goes on.</summary>
public sealed class WireFuzzTests : IDisposable
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_kernel_executes_promptly_after_what_no_front_end_would_send()
    {
        await using var kernel = await KernelProcess.StartAsync(
            new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, KernelSpecInstaller.Create()), new KernelStartOptions { RuntimeDirectory = _folder }, Token);
        using var fuzzer = new WireFuzzer(ConnectionInfo.Load(Assert.Single(Directory.GetFiles(_folder, "*.json"))), 1, Token);

        foreach (var (name, send) in fuzzer.Batches)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(name);
            await send();
            Assert.Equal("2", await ExecuteAsync(kernel, "1 + 1").WaitAsync(Promptly, Token));
        }

        // Obeyed, whatever it says.
        var goodbye = await kernel.Client.ControlAsync("shutdown_request", new JsonObject { ["restart"] = "perhaps" }, Token);
        Assert.False(goodbye.Content["restart"]!.GetValue<bool>());
        Assert.Equal(0, await kernel.Exited.WaitAsync(Promptly, Token));
    }

    /// <summary>A cell's value, asked for again when what the fuzzer sent aborts the cell or interrupts it, as it may.</summary>
    private static async Task<string> ExecuteAsync(KernelProcess kernel, string code)
    {
        while (true)
        {
            var result = "";
            var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync(code, message => result += message.Content["data"]?["text/plain"], cancellationToken: Token));
            if (reply.Content["status"]!.GetValue<string>() == "ok")
                return result;
        }
    }
}
