using System.Text;

namespace JupyterProtocol.Transport;

/// <summary>The body of a command frame: a name and data.</summary>
internal static class Command
{
    /// <summary>Puts a command together.</summary>
    public static byte[] Create(string name, params ReadOnlySpan<byte[]> parts)
    {
        using var body = new MemoryStream();
        body.WriteByte((byte)name.Length);
        body.Write(Encoding.ASCII.GetBytes(name));
        foreach (var part in parts)
            body.Write(part);
        return body.ToArray();
    }

    /// <summary>Takes a command apart.</summary>
    /// <exception cref="TransportException">It is none.</exception>
    public static (string Name, byte[] Data) Parse(byte[] body)
    {
        if (body.Length == 0 || body.Length < 1 + body[0])
            throw new TransportException("The peer sent a command without a name.");
        return (Encoding.ASCII.GetString(body, 1, body[0]), body[(1 + body[0])..]);
    }

    /// <summary>The data of the command that is expected now.</summary>
    /// <exception cref="TransportException">Another came; an <c>ERROR</c> is told with its reason.</exception>
    public static byte[] Expect(string name, byte[] body)
    {
        var (found, data) = Parse(body);
        if (found == name)
            return data;
        throw new TransportException(found == "ERROR" && data.Length > 0
            ? $"The peer refuses the connection: {Encoding.ASCII.GetString(data.AsSpan(1))}"
            : $"The peer sent another command where {name} was expected.");
    }
}
