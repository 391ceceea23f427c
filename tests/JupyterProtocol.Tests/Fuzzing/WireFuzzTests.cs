using JupyterProtocol.Connections;
using JupyterProtocol.Tests.Server;

namespace JupyterProtocol.Tests.Fuzzing;

/// <summary>Whatever comes over the wire, the server answers or ignores it, and goes on.</summary>
public sealed class WireFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_server_survives_what_no_front_end_would_send(int seed)
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal());
        using var fuzzer = new WireFuzzer(kernel.Connection, seed, TestContext.Current.CancellationToken);

        foreach (var (name, send) in fuzzer.Batches)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(name);
            await send();
            await kernel.AssertAliveAsync();
        }
    }

    [Fact]
    public async Task An_encrypted_server_survives_it_too()
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal().WithEncryption());
        using var fuzzer = new WireFuzzer(kernel.Connection, 4, TestContext.Current.CancellationToken);

        foreach (var (_, send) in fuzzer.Batches)
        {
            await send();
            await kernel.AssertAliveAsync();
        }
    }
}
