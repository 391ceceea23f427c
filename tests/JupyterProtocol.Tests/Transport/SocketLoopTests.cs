using System.Net;
using System.Net.Sockets;
using JupyterProtocol.Transport;
using Socket = System.Net.Sockets.Socket;

namespace JupyterProtocol.Tests.Transport;

public sealed class SocketLoopTests : IDisposable
{
    private readonly SocketLoop _loop = new("Test sockets");

    public void Dispose()
    {
        _loop.Stop(() => true, TimeSpan.Zero, () => { });
        _loop.Dispose();
    }

    // A kernel died of it: the front end was gone when its message was answered, and the thread looked at the closed socket for the next.
    [Fact]
    public async Task Who_waits_for_a_socket_that_was_closed_is_told_and_the_thread_goes_on()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var before = await OnLoop(() => _loop.ReadableAsync(socket));

        var after = await OnLoop(() =>
        {
            _loop.Forget(socket);
            socket.Dispose();
            return Task.WhenAll(before, _loop.ReadableAsync(socket), _loop.WritableAsync(socket));
        });

        Assert.All(await after, Assert.False);
        await (await OnLoop(() => _loop.DelayAsync(TimeSpan.FromMilliseconds(1)))).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private Task<T> OnLoop<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() => done.SetResult(action()));
        return done.Task;
    }
}
