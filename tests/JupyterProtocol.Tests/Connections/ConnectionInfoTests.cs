using JupyterProtocol.Connections;

namespace JupyterProtocol.Tests.Connections;

public sealed class ConnectionInfoTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"connection-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_saved_connection_file_reads_back_the_same()
    {
        var info = ConnectionInfo.CreateLocal("some-kernel");

        info.Save(_file);

        Assert.Equal(info, ConnectionInfo.Load(_file));
    }

    [Fact]
    public void The_connection_file_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file mode; the user's folder protects the file.");

        ConnectionInfo.CreateLocal().Save(_file);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
    }

    [Theory]
    [InlineData("not json", "is not a Jupyter connection file")]
    [InlineData("{}", "is not a Jupyter connection file")]
    [InlineData("""{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"signature_scheme":"hmac-md5"}""", "hmac-md5")]
    public void A_file_that_is_no_connection_file_is_refused_in_words(string content, string expected)
    {
        File.WriteAllText(_file, content);

        Assert.Contains(expected, Assert.Throws<JupyterProtocolException>(() => ConnectionInfo.Load(_file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_connection_file_is_named()
    {
        Assert.Contains(_file, Assert.Throws<JupyterProtocolException>(() => ConnectionInfo.Load(_file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_are_five_different_ones_that_no_outgoing_connection_is_given()
    {
        var connection = ConnectionInfo.CreateLocal();

        int[] ports = [connection.ShellPort, connection.IopubPort, connection.StdinPort, connection.ControlPort, connection.HeartbeatPort];

        Assert.Equal(5, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 10_000, 32_767));
    }
}
