using System.Net;
using System.Net.Sockets;
using JupyterProtocol.Connections;

namespace JupyterProtocol.Transport;

/// <summary>Where a socket listens or connects: a TCP port, or the file of a Unix domain socket.</summary>
/// <param name="Address">As ZeroMQ writes it.</param>
/// <param name="Host">The host or interface; null for a file.</param>
/// <param name="Port">The port.</param>
/// <param name="Path">The file; null for TCP.</param>
internal sealed record Endpoint(string Address, string? Host, int Port, string? Path)
{
    /// <summary>The endpoint of a port of a connection file.</summary>
    public static Endpoint Of(ConnectionInfo connection, int port) => connection.Transport == "ipc"
        ? new Endpoint(connection.Address(port), null, 0, $"{connection.IP}-{port}")
        : new Endpoint(connection.Address(port), connection.IP, port, null);

    /// <summary>Listens there; a socket file that nobody listens on any more is replaced.</summary>
    /// <exception cref="JupyterProtocolException">That is not possible.</exception>
    public Socket Listen(string channel)
    {
        Socket? socket = null;
        try
        {
            if (Path is not null)
                RemoveStale();
            var place = Resolve();
            socket = Create(place);
            socket.Bind(place);
            // Before anybody can connect: who may open the file may drive the kernel.
            if (Path is not null)
                Platform.MakePrivate(Path);
            socket.Listen(128);
            return socket;
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            socket?.Dispose();
            throw new JupyterProtocolException($"The {channel} channel cannot listen on {Address}: {exception.Message} {(Path is null ? "Start the kernel again, which chooses other ports." : "Start the kernel again, or choose another folder for its socket files.")}", exception);
        }
    }

    /// <summary>Connects to a place that <see cref="Resolve"/> gave.</summary>
    public static async Task<Socket> ConnectAsync(EndPoint place, CancellationToken cancellationToken)
    {
        var socket = Create(place);
        try
        {
            await socket.ConnectAsync(place, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What the operating system calls it.</summary>
    /// <exception cref="JupyterProtocolException">There is no such place.</exception>
    public EndPoint Resolve()
    {
        if (Path is not null)
        {
            try
            {
                return new UnixDomainSocketEndPoint(Path);
            }
            catch (ArgumentOutOfRangeException exception)
            {
                throw new JupyterProtocolException($"The name of the socket file '{Path}' is too long: systems allow about 100 bytes. Set JUPYTER_RUNTIME_DIR to a folder with a shorter name, or use transport tcp.", exception);
            }
        }

        return new IPEndPoint(Host is "*" or "" ? IPAddress.Any : IPAddress.TryParse(Host, out var address) ? address : LookUp(Host!), Port);
    }

    private static Socket Create(EndPoint place)
    {
        if (place is UnixDomainSocketEndPoint)
            return new Socket(AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, ProtocolType.Unspecified);
        var socket = new Socket(place.AddressFamily, System.Net.Sockets.SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // Elsewhere .NET does it already, in the way that does not steal ports.
        if (Platform.Current.IsWindows)
            socket.ExclusiveAddressUse = true;
        return socket;
    }

    private IPAddress LookUp(string host)
    {
        try
        {
            var addresses = Dns.GetHostAddresses(host);
            return addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new JupyterProtocolException($"The connection's ip '{host}' in {Address} is no address and no name of a computer.", exception);
        }
    }

    private void RemoveStale()
    {
        if (!System.IO.Path.Exists(Path))
            return;
        using var probe = new Socket(AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(Resolve());
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && !CanOpen(Path!))
        {
            File.Delete(Path!);
            return;
        }
        catch (SocketException)
        {
            throw new IOException($"There is a file '{Path}' that is no socket.");
        }

        throw new IOException("Another process listens there.");
    }

    /// <summary>A file of data can be opened, the file of a socket cannot.</summary>
    private static bool CanOpen(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(path);
        }
    }
}
