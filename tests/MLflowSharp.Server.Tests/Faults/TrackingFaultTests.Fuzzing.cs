using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MLflowSharp.Server.Tests.Faults;

public sealed partial class TrackingFaultTests
{
    private const int Malformed = 10_000;
    private const int Seed = 3_17_2;
    private const double MostGrowth = 10;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ten_thousand_malformed_requests_are_answered_and_leave_nothing_behind()
    {
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var run = await writers.RunAsync();
        var acknowledged = await writers.LogAsync(run, "m", step => step >= 200);
        var requests = new MalformedRequests(Seed);
        // They bring the server to its size: code, caches, connections to the database. More of the same must not, while a leak would grow each time.
        var began = Stopwatch.GetTimestamp();
        var statuses = await SendAsync(server.Port, [.. Enumerable.Range(0, Malformed).Select(_ => requests.Next())]);
        var (took, descriptors, grown, rounds) = (Stopwatch.GetElapsedTime(began), server.Descriptors, double.MaxValue, 0);
        for (; grown > MostGrowth && rounds < 5; rounds++)
        {
            var memory = server.Megabytes;
            statuses.AddRange(await SendAsync(server.Port, [.. Enumerable.Range(0, Malformed).Select(_ => requests.Next())]));
            grown = server.Megabytes - memory;
        }

        await HoldsAsync(() => server.FaultsTold >= statuses.Count(status => status is >= 500 and not 505), () => $"{string.Join(", ", statuses.GroupBy(status => status).Select(group => $"{group.Count()} × {group.Key}"))}; {server.FaultsTold} faults told.");
        // What MLflow, too, answers with 500 is a sentence; anything else nobody has thought of.
        Assert.DoesNotContain(server.Errors, line => line.Contains(": System.", StringComparison.Ordinal) || line.Contains(": Microsoft.", StringComparison.Ordinal));
        await HoldsAsync(() => server.Descriptors <= descriptors + 4, () => $"{descriptors} descriptors became more: {server.Open}");
        Assert.InRange(grown, double.MinValue, MostGrowth);
        Assert.Equal(acknowledged.Count, await writers.CheckAsync(run, "m", acknowledged));
        Assert.InRange(statuses.Count(status => status is >= 400 and < 500), Malformed / 2, statuses.Count);
        table.Add(
            "malformed requests", string.Create(CultureInfo.InvariantCulture, $"{statuses.Count:N0} made of the recorded ones, with seed {Seed}: bytes, values, types, lengths, paths, methods, headers, chunks, filters"),
            string.Create(CultureInfo.InvariantCulture, $"{statuses.Count(status => status is >= 200 and < 400):N0} were good enough to be answered, {statuses.Count(status => status is >= 400 and < 500):N0} refused, {statuses.Count(status => status is 501 or 505)} not implemented, {statuses.Count(status => status == 0)} cut; {statuses.Count(status => status == 500)} got the 500 that MLflow gives for the wrong state, each with a line in the log, and none another; {took.TotalSeconds:0} s for the first {Malformed:N0}; memory grew by {Math.Max(0, grown):0} MB in the last {Malformed:N0}; no descriptor left open"));
    }

    /// <summary>Sends each over a connection of its own, eight at a time.</summary>
    /// <returns>The statuses; 0 where the connection was only closed.</returns>
    private static async Task<List<int>> SendAsync(int port, IReadOnlyList<(byte[] Bytes, bool IsPart)> requests)
    {
        var statuses = new int[requests.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, requests.Count), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (i, cancellation) =>
        {
            using var socket = await ConnectAsync(port);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(LongestAnswer);
            try
            {
                await socket.SendAsync(requests[i].Bytes, limit.Token);
                var status = StatusAsync(socket, limit.Token);
                // What the server waits for does not come. To end sooner would be to give up, and then nobody is answered.
                await Task.WhenAny(status, Task.Delay(requests[i].IsPart ? 50 : 3000, limit.Token));
                if (!status.IsCompleted)
                    socket.Shutdown(SocketShutdown.Send);
                statuses[i] = await status;
            }
            catch (SocketException)
            {
                // Cut while it was sent, or instead of an answer.
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                Assert.Fail($"No end after {LongestAnswer.TotalSeconds} s: {Encoding.Latin1.GetString(requests[i].Bytes, 0, Math.Min(300, requests[i].Bytes.Length))}");
            }
        });
        return [.. statuses];
    }

    /// <summary>Reads an answer to its end, and tells its status.</summary>
    private static async Task<int> StatusAsync(Socket socket, CancellationToken cancellationToken)
    {
        var (buffer, start) = (new byte[16_384], "");
        int read;
        while ((read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            if (start.Length < 15)
                start += Encoding.Latin1.GetString(buffer, 0, Math.Min(read, 15));
        }

        return start.Length >= 12 && start.StartsWith("HTTP/1.", StringComparison.Ordinal) && int.TryParse(start.AsSpan(9, 3), CultureInfo.InvariantCulture, out var status) ? status : 0;
    }
}
