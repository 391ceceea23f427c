using System.Net;
using System.Net.Sockets;
using NotebookTestRunner.Checks.Contracts.Machine;

namespace NotebookTestRunner.Tests.Checks.Contracts.Machine;

public sealed class ListenersTests
{
    private static readonly ProcessEntry Here = new(Environment.ProcessId, 0, "", "tests");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_port_is_known_while_somebody_listens_on_it(string address)
    {
        Assert.SkipUnless(address == "127.0.0.1" || Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var server = new TcpListener(IPAddress.Parse(address), 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        Assert.Contains(port, Listeners.Of([Here]));
        Assert.Contains(port, Listeners.All());
        server.Stop();
        Assert.DoesNotContain(port, Listeners.Of([Here]));
    }

    [Fact]
    public async Task A_port_that_is_only_connected_from_is_not_listened_on()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(((IPEndPoint)client.Client.LocalEndPoint!).Port, Listeners.Of([Here]));
    }

    [Fact]
    public void Where_the_system_tells_it_is_known_whose_a_port_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells whose a port is.");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        Assert.Empty(Listeners.Of([new ProcessEntry(int.MaxValue, 0, "", "nobody")]));
        Assert.Contains(((IPEndPoint)server.LocalEndpoint).Port, Listeners.Of([new ProcessEntry(int.MaxValue, 0, "", "nobody"), Here]));
    }
}
