using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MLflowSharp.Server.Tests.Faults;

public sealed partial class TrackingFaultTests
{
    private const int Slow = 200;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Of_an_upload_that_stops_nothing_is_there()
    {
        const int Stops = 40;
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var old = new byte[1000];
        (await writers.Http.PutAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts/up/old", UriKind.Relative), new ByteArrayContent(old), Cancellation)).EnsureSuccessStatusCode();
        var descriptors = server.Descriptors;
        for (var i = 0; i < Stops; i++)
        {
            using var client = await ConnectAsync(server.Port);
            var isChunked = i % 2 == 1;
            await client.SendAsync(Encoding.ASCII.GetBytes(
                $"PUT /api/2.0/mlflow-artifacts/artifacts/up/{(i % 3 == 0 ? "old" : $"new{i}")} HTTP/1.1\r\nHost: 127.0.0.1\r\n{(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 5000000")}\r\n\r\n"), Cancellation);
            await client.SendAsync(isChunked ? [.. "30D40\r\n"u8, .. new byte[200_000], .. "\r\n30D40\r\n"u8, .. new byte[1000]] : new byte[300_000], Cancellation);
            // Some go in an orderly way, some as when the machine is switched off.
            client.LingerState = new(enable: i % 4 == 0, 0);
            client.Close();
        }

        await HoldsAsync(() => !Directory.EnumerateFiles(Path.Combine(_folder.FullName, "served"), "*", SearchOption.AllDirectories).Any(file => Path.GetFileName(file) != "old"), () => "An unfinished file stays.");
        await HoldsAsync(() => server.Descriptors <= descriptors + 2, () => $"{descriptors} descriptors became more: {server.Open}");
        Assert.Equal(old, await writers.Http.GetByteArrayAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts/up/old", UriKind.Relative), Cancellation));
        var listing = await writers.Http.GetStringAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts?path=up", UriKind.Relative), Cancellation);
        Assert.DoesNotContain("new", listing, StringComparison.Ordinal);
        Assert.Empty(server.Errors);
        table.Add("client stops in the middle of an upload", $"{Stops} times, with a length announced and in chunks, over nothing and over a file that is there", "no part of a file in any listing or folder; the old file is whole; every descriptor closed");
    }

    [Fact]
    public async Task Requests_that_come_slowly_hold_nobody_and_are_ended()
    {
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        // Its connections to the database and that of these requests are open from here on.
        await SlowestAsync(writers, 50);
        var descriptors = server.Descriptors;
        var clients = new List<Socket>();
        for (var i = 0; i < Slow; i++)
        {
            clients.Add(await ConnectAsync(server.Port));
            // Half of them in their headers, half in their body.
            await clients[^1].SendAsync(
                i % 2 == 0 ? "POST /api/2.0/mlflow/runs/create HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray()
                    : "POST /api/2.0/mlflow/runs/create HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), Cancellation);
        }

        var slowest = await SlowestAsync(writers, 50);
        var began = Stopwatch.GetTimestamp();
        while (clients.Any(IsOpen))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(90), $"{clients.Count(IsOpen)} slow requests are still waited for after 90 s.");
            await Task.Delay(1000, Cancellation);
            foreach (var client in clients.Where(IsOpen))
                await SendOneAsync(client);
        }

        var ended = Stopwatch.GetElapsedTime(began);
        clients.ForEach(client => client.Dispose());
        await HoldsAsync(() => server.Descriptors <= descriptors + 2, () => $"{descriptors} descriptors became more: {server.Open}");
        Assert.Equal(0, server.FaultsTold);
        table.Add(
            "slow requests", $"{Slow} connections sent a byte a second, half in their headers, half in their body",
            string.Create(CultureInfo.InvariantCulture, $"others were answered within {slowest.TotalMilliseconds:0} ms meanwhile; all slow ones were ended after {ended.TotalSeconds:0} s; every descriptor closed"));
    }

    [Fact]
    public async Task Readers_that_do_not_read_hold_nobody_and_no_memory()
    {
        const int Megabyte = 1 << 20;
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        (await writers.Http.PutAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts/large", UriKind.Relative), new ByteArrayContent(new byte[50 * Megabyte]), Cancellation)).EnsureSuccessStatusCode();
        await SlowestAsync(writers, 50);
        var (descriptors, memory) = (server.Descriptors, server.Megabytes);
        var clients = new List<Socket>();
        for (var i = 0; i < Slow; i++)
        {
            clients.Add(await ConnectAsync(server.Port));
            await clients[^1].SendAsync("GET /api/2.0/mlflow-artifacts/artifacts/large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray(), Cancellation);
        }

        // Each has begun to be answered.
        foreach (var client in clients)
            Assert.InRange(await client.ReceiveAsync(new byte[1], Cancellation), 1, 1);
        var slowest = await SlowestAsync(writers, 50);
        var grown = server.Megabytes - memory;
        Assert.InRange(grown, double.MinValue, 150);
        clients.ForEach(client => client.Dispose());
        await HoldsAsync(() => server.Descriptors <= descriptors + 2, () => $"{descriptors} descriptors became more: {server.Open}");
        Assert.Empty(server.Errors);
        table.Add(
            "slow readers", $"{Slow} connections asked for a file of 50 MB and did not read it",
            string.Create(CultureInfo.InvariantCulture, $"others were answered within {slowest.TotalMilliseconds:0} ms meanwhile; {Math.Max(0, grown):0} MB more memory for 10,000 MB on their way; when they left, every descriptor was closed; one that takes nothing is left after 2 minutes"));
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_left_after_a_while()
    {
        await using var server = await TrackingServer.StartAsync(
            new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = Path.Combine(_folder.FullName, "served"), Port = 0, ReaderPatience = TimeSpan.FromSeconds(1) }, Cancellation);
        var file = Path.Combine(_folder.FullName, "served", "large");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, new byte[50 << 20], Cancellation);
        using var client = await ConnectAsync(new Uri(server.TrackingUri).Port);
        await client.SendAsync("GET /api/2.0/mlflow-artifacts/artifacts/large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray(), Cancellation);
        Assert.InRange(await client.ReceiveAsync(new byte[1], Cancellation), 1, 1);
        if (OperatingSystem.IsLinux())
            await HoldsAsync(() => !IsHeld(file), () => "The reader is still waited for.");
        else
            await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);

        // What it reads now ends before the end: no half answer is taken for a whole one.
        long received = 1;
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            for (int read; (read = await client.ReceiveAsync(new byte[1 << 20], Cancellation)) > 0;)
                received += read;
            throw new SocketException((int)SocketError.ConnectionReset);
        });
        Assert.InRange(received, 1, (50 << 20) - 1);
    }

    private static bool IsHeld(string file) => Directory.EnumerateFileSystemEntries("/proc/self/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == file);

    /// <summary>The longest of some requests that write and read.</summary>
    private static async Task<TimeSpan> SlowestAsync(Writers writers, int requests)
    {
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await writers.RunAsync().WaitAsync(AtOnce, Cancellation);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        return slowest;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port, Cancellation);
        return socket;
    }

    private static bool IsOpen(Socket socket)
    {
        try
        {
            // Readable with nothing to read: the other side has closed. What it said before that is read and forgotten.
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(new byte[4096]) == 0)
                    return false;
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task SendOneAsync(Socket client)
    {
        try
        {
            await client.SendAsync("a"u8.ToArray(), Cancellation);
        }
        catch (SocketException)
        {
            // It was ended just now.
        }
    }

    private static async Task HoldsAsync(Func<bool> condition, Func<string> otherwise, TimeSpan? within = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < (within ?? TimeSpan.FromSeconds(20)), otherwise());
            await Task.Delay(50, Cancellation);
        }
    }
}
