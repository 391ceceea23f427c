using System.Net;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Connections;

/// <summary>Looks whether a connection can work, before anything listens or connects.</summary>
internal static class ConnectionCheck
{
    /// <summary>Checks transport, ports and keys.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="file">Where it is from, for the message.</param>
    /// <exception cref="JupyterProtocolException">It cannot. Keys are named, never shown.</exception>
    public static void Verify(ConnectionInfo connection, string file)
    {
        if (connection.Transport is not ("tcp" or "ipc"))
            throw Refuse(file, $"asks for transport '{connection.Transport}'; only tcp and ipc are supported. Set ConnectionFileMixin.transport in Jupyter's configuration.");
        foreach (var (name, port) in new[] { ("shell_port", connection.ShellPort), ("iopub_port", connection.IopubPort), ("stdin_port", connection.StdinPort), ("control_port", connection.ControlPort), ("hb_port", connection.HeartbeatPort) })
            if (connection.Transport == "tcp" && port is < 1 or > IPEndPoint.MaxPort)
                throw Refuse(file, $"names port {port} as {name}; a TCP port is a number from 1 to {IPEndPoint.MaxPort}.");
        if (connection.CurvePublicKey is null && connection.CurveSecretKey is null)
            return;
        if (connection.CurvePublicKey is null || connection.CurveSecretKey is null)
            throw Refuse(file, $"has no {(connection.CurvePublicKey is null ? "curve_publickey" : "curve_secretkey")}: an encrypted connection needs both keys of the pair, one in the clear has neither.");
        if (!Z85.TryDecodeKey(connection.CurvePublicKey, out var publicKey))
            throw Refuse(file, "holds a curve_publickey that is no key: 40 characters of Z85 are needed.");
        if (!Z85.TryDecodeKey(connection.CurveSecretKey, out var secretKey))
            throw Refuse(file, "holds a curve_secretkey that is no key: 40 characters of Z85 are needed.");
        if (!CurveKeys.FromSecret(secretKey).PublicKey.AsSpan().SequenceEqual(publicKey))
            throw Refuse(file, "holds a curve_publickey that does not belong to its curve_secretkey.");
    }

    private static JupyterProtocolException Refuse(string file, string why) => new($"The connection file '{file}' {why}");
}
