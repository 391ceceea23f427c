using System.Net.Sockets;
using JupyterProtocol.Connections;
using JupyterProtocol.Server;

namespace JupyterProtocol.Tests.Server;

/// <summary>Transport <c>ipc</c>: Unix domain sockets.</summary>
public sealed class SocketFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipc-").FullName;

    private string[] Files => [.. Directory.EnumerateFileSystemEntries(_folder).Select(file => Path.GetFileName(file)).Order()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kernel_listens_on_files_of_its_owner_and_removes_them(bool isEncrypted)
    {
        var connection = isEncrypted ? Connection().WithEncryption() : Connection();
        await using (var kernel = await ServedKernel.StartAsync(connection))
        {
            await kernel.AssertAliveAsync();
            Assert.Equal(["k-1", "k-2", "k-3", "k-4", "k-5"], Files);
            if (!OperatingSystem.IsWindows())
                foreach (var file in Files)
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, file)));
        }

        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_file_that_a_killed_kernel_left_is_replaced()
    {
        var path = Path.Combine(_folder, "k-1");
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            killed.Bind(new UnixDomainSocketEndPoint(path));
        // .NET removes the file of a socket that it closes; one that is killed does not come to that.
        Assert.SkipUnless(File.Exists(path) || Leave(path), "No socket file can be left here.");

        await using var kernel = await ServedKernel.StartAsync(Connection());

        await kernel.AssertAliveAsync();
    }

    [Fact]
    public async Task A_file_that_another_kernel_listens_on_is_left_to_it()
    {
        await using var kernel = await ServedKernel.StartAsync(Connection());
        using var second = new KernelServer(Connection(), new EchoHandler(), log: TextWriter.Null);

        var error = await Assert.ThrowsAsync<JupyterProtocolException>(() => second.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Another process listens there", error.Message, StringComparison.Ordinal);
        await kernel.AssertAliveAsync();
    }

    [Fact]
    public async Task A_file_of_data_is_never_replaced()
    {
        var path = Path.Combine(_folder, "k-1");
        await File.WriteAllTextAsync(path, "thesis", TestContext.Current.CancellationToken);
        using var server = new KernelServer(Connection(), new EchoHandler(), log: TextWriter.Null);

        var error = await Assert.ThrowsAsync<JupyterProtocolException>(() => server.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("is no socket", error.Message, StringComparison.Ordinal);
        Assert.Equal("thesis", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_in_words()
    {
        using var server = new KernelServer(Connection(new string('k', 120)), new EchoHandler(), log: TextWriter.Null);

        var error = await Assert.ThrowsAsync<JupyterProtocolException>(() => server.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("too long", error.Message, StringComparison.Ordinal);
        Assert.Contains("JUPYTER_RUNTIME_DIR", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Leaves a socket file by giving it a second name, which is not removed with the first.</summary>
    private static bool Leave(string path)
    {
        using var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        killed.Bind(new UnixDomainSocketEndPoint(path + ".bound"));
        File.Move(path + ".bound", path);
        return File.Exists(path);
    }

    private ConnectionInfo Connection(string name = "k") => ConnectionInfo.CreateLocal() with
    {
        Transport = "ipc", IP = Path.Combine(_folder, name), ShellPort = 1, IopubPort = 2, StdinPort = 3, ControlPort = 4, HeartbeatPort = 5,
    };
}
