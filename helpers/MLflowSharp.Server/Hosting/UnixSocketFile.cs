using System.Net.Sockets;

namespace MLflowSharp.Server.Hosting;

/// <summary>The file of a Unix socket: left over ones go, and only its user may use it.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes the file of a server that is gone; refuses to when there is one that answers, or another kind of file.</summary>
    public static void Prepare(string path)
    {
        if (!File.Exists(path))
            return;
        if (!OperatingSystem.IsWindows() && (File.GetAttributes(path) & FileAttributes.Directory) != 0 || new FileInfo(path).Length > 0)
            throw MlflowException.Invalid($"'{path}' is a file, not a socket. Choose another name for the socket.");
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new MlflowException($"A server listens at '{path}' already. Use it, stop it, or choose another name for the socket.", ErrorCode.InvalidState);
    }

    /// <summary>Keeps other users of the machine out.</summary>
    public static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
