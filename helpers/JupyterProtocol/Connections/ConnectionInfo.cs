using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Connections;

/// <summary>What a connection file holds: where a kernel listens and the key that signs messages (https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files).</summary>
public sealed record ConnectionInfo
{
    // Source-generated JSON gives a missing init property null instead of its initial value, hence the ?? in the setters.
    /// <summary><c>tcp</c> or <c>ipc</c>.</summary>
    [JsonPropertyName("transport")]
    public string Transport { get; init => field = value ?? "tcp"; } = "tcp";

    /// <summary>The address, for <c>ipc</c> the prefix of the socket files.</summary>
    [JsonPropertyName("ip")]
    public string IP { get; init => field = value ?? "127.0.0.1"; } = "127.0.0.1";

    /// <summary>The port of the shell channel.</summary>
    [JsonPropertyName("shell_port")]
    public required int ShellPort { get; init; }

    /// <summary>The port of the iopub channel.</summary>
    [JsonPropertyName("iopub_port")]
    public required int IopubPort { get; init; }

    /// <summary>The port of the stdin channel.</summary>
    [JsonPropertyName("stdin_port")]
    public required int StdinPort { get; init; }

    /// <summary>The port of the control channel.</summary>
    [JsonPropertyName("control_port")]
    public required int ControlPort { get; init; }

    /// <summary>The port of the heartbeat.</summary>
    [JsonPropertyName("hb_port")]
    public required int HeartbeatPort { get; init; }

    /// <summary>The key that signs messages; empty for unsigned ones.</summary>
    [JsonPropertyName("key")]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>How messages are signed; only <c>hmac-sha256</c> is known.</summary>
    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init => field = value ?? "hmac-sha256"; } = "hmac-sha256";

    /// <summary>The public key (Z85) of the kernel's sockets, all five of which are CurveZMQ servers then; null for a connection in the clear.</summary>
    [JsonPropertyName("curve_publickey")]
    public string? CurvePublicKey { get; init; }

    /// <summary>The secret key (Z85) that belongs to <see cref="CurvePublicKey"/>.</summary>
    [JsonPropertyName("curve_secretkey")]
    public string? CurveSecretKey { get; init; }

    /// <summary>The kernel's name, for clients that list running kernels.</summary>
    [JsonPropertyName("kernel_name")]
    public string? KernelName { get; init; }

    /// <summary>A connection on five free ports of the loopback interface, with a random key.</summary>
    /// <param name="kernelName">The name written into the file.</param>
    public static ConnectionInfo CreateLocal(string? kernelName = null)
    {
        // All five are held open until each has its number, so that no two are alike.
        var listeners = new List<TcpListener>();
        try
        {
            while (listeners.Count < 5)
                listeners.Add(Listen());
            var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
            return new ConnectionInfo
            {
                ShellPort = ports[0],
                IopubPort = ports[1],
                StdinPort = ports[2],
                ControlPort = ports[3],
                HeartbeatPort = ports[4],
                Key = Guid.NewGuid().ToString(),
                KernelName = kernelName,
            };
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }

    /// <summary>
    /// Listens on a free port below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): between the choice
    /// of a port and the kernel's start, none of the many connections of a busy machine can take it.
    /// </summary>
    private static TcpListener Listen()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 32_768));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it, or Windows keeps it for itself: draw another.
                listener.Dispose();
            }
        }
    }

    /// <summary>This connection, encrypted: with a new key pair.</summary>
    public ConnectionInfo WithEncryption()
    {
        var keys = CurveKeys.Create();
        return this with { CurvePublicKey = Z85.Encode(keys.PublicKey), CurveSecretKey = Z85.Encode(keys.SecretKey) };
    }

    /// <summary>Where it is; the keys are nobody's business.</summary>
    public override string ToString() => $"{Address(ShellPort)} (shell), {Address(IopubPort)} (iopub), {Address(StdinPort)} (stdin), {Address(ControlPort)} (control), {Address(HeartbeatPort)} (heartbeat)";

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="JupyterProtocolException">The file cannot be read, is no connection file, or asks for something that is not supported.</exception>
    public static ConnectionInfo Load(string path)
    {
        try
        {
            var info = JsonSerializer.Deserialize(File.ReadAllBytes(path), JupyterFilesJsonContext.Default.ConnectionInfo)
                ?? throw new JsonException("it holds null");
            if (info.SignatureScheme != "hmac-sha256")
                throw new JupyterProtocolException($"The connection file '{path}' asks for signature scheme '{info.SignatureScheme}'; only hmac-sha256 is supported. Set Session.signature_scheme back to its default in Jupyter's configuration.");
            ConnectionCheck.Verify(info, path);
            return info;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JupyterProtocolException($"The connection file '{path}' cannot be read: {exception.Message} Jupyter writes this file and passes its path when it starts a kernel.", exception);
        }
        catch (JsonException exception)
        {
            throw new JupyterProtocolException($"'{path}' is not a Jupyter connection file: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the connection file, readable by its owner only, as it holds the key.</summary>
    public void Save(string path)
    {
        using var stream = new FileStream(path, Platform.PrivateFile());
        JsonSerializer.Serialize(stream, this, JupyterFilesJsonContext.Default.ConnectionInfo);
    }

    /// <summary>Whether somebody else listens on one of the ports, or connects from it, so that a kernel cannot listen there.</summary>
    internal bool HasTakenPort() => Transport == "tcp" && new[] { ShellPort, IopubPort, StdinPort, ControlPort, HeartbeatPort }.Any(port =>
    {
        using var listener = new TcpListener(IPAddress.Parse(IP), port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    });

    /// <summary>The key pair of the encrypted connection; null for one in the clear. Clients use it as their own too, as jupyter_client does.</summary>
    /// <exception cref="JupyterProtocolException">The keys are none.</exception>
    internal CurveKeys? Keys()
    {
        ConnectionCheck.Verify(this, "this process's own");
        return Z85.TryDecodeKey(CurveSecretKey ?? "", out var secret) ? CurveKeys.FromSecret(secret) : null;
    }

    /// <summary>The ZeroMQ address of a port.</summary>
    internal string Address(int port) => Transport == "ipc" ? $"ipc://{IP}-{port}" : $"{Transport}://{IP}:{port}";
}
