using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Rest;

/// <summary>
/// Stands before a server and passes bytes on, over TCP, TLS or a Unix socket; it can cut connections before the answer has come back.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly Socket _listener;
    private readonly Uri _server;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly CancellationTokenSource _stop = new();
    private int _answers;

    /// <param name="server">The server behind.</param>
    /// <param name="socketPath">Socket file to listen on; null for a free TCP port.</param>
    /// <param name="certificate">The gate's certificate, which makes it speak TLS and demand one of the client.</param>
    public Gate(string server, string? socketPath = null, X509Certificate2? certificate = null)
    {
        _server = new(server);
        _tls = certificate is null ? null : new()
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, theirs, _, _) => theirs?.Subject == "CN=client",
        };
        _listener = socketPath is null
            ? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            : new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(socketPath is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(socketPath));
        _listener.Listen();
        Uri = socketPath is null ? $"http{(certificate is null ? "" : "s")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}" : $"http+unix://{System.Uri.EscapeDataString(socketPath)}";
        _ = AcceptAsync();
    }

    public string Uri { get; }

    /// <summary>Cuts the connection at every so many-th answer, or part of one, before it is passed on; 0 for never.</summary>
    public int CutEvery { get; set; }

    /// <summary>How often it did.</summary>
    public int Cuts { get; private set; }

    /// <summary>What happens when a connection is cut: the answer is there, and nobody gets it.</summary>
    public Action? OnCut { get; set; }

    /// <summary>Holds answers back until it is released.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(Socket socket)
    {
        try
        {
            await using var client = await SecureAsync(new NetworkStream(socket, ownsSocket: true));
            using var server = new TcpClient();
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            await using var stream = server.GetStream();
            var there = client.CopyToAsync(stream, _stop.Token);
            await Task.WhenAny(there, BackAsync(stream, client));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // A broken connection is what a gate is for.
        }
    }

    private async Task BackAsync(NetworkStream server, Stream client)
    {
        var buffer = new byte[16384];
        int count;
        while ((count = await server.ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (CutEvery > 0 && Interlocked.Increment(ref _answers) % CutEvery == 0)
            {
                Cuts++;
                OnCut?.Invoke();
                return;
            }

            if (Hold is { } hold)
                await hold.Task.WaitAsync(_stop.Token);
            await client.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream stream)
    {
        if (_tls is null)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(_tls, _stop.Token);
        return secure;
    }
}
