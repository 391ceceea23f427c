using MLflowSharp;

namespace Interop.Rest;

/// <summary>A real MLflow server that is killed, cut off or slow: every value that was logged is there exactly once.</summary>
public sealed class FaultTests : IDisposable
{
    private const int Points = 300;

    private readonly TemporaryFolder _folder = new();
    private readonly StoreServers _servers = StoreServers.Of(PythonEnvironment.NewestMlflow);
    private readonly (string Uri, int ProcessId) _server;
    private int _running;

    public FaultTests()
    {
        _server = _servers.Start();
        _running = _server.ProcessId;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _servers.Stop(_running);
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_killed_and_comes_back_misses_nothing(bool journal)
    {
        using var client = Open(_server.Uri, journal);
        var run = (await client.CreateRunAsync("0", cancellationToken: Cancellation)).Info.RunId;
        for (var step = 0; step < Points; step++)
        {
            if (step is 100 or 200)
            {
                _servers.Stop(_running);
                // Without a journal the next call is under way when the server comes back.
                _ = journal ? Task.CompletedTask : Task.Run(() => _running = _servers.StartAgain(_running), Cancellation);
            }

            await client.LogMetricAsync(run, "m", step, DateTimeOffset.UnixEpoch.AddSeconds(step), step, Cancellation);
            if (journal && step is 150 or 250)
                _running = _servers.StartAgain(_running);
        }

        await client.FlushAsync(Cancellation);
        await AssertWholeAsync(run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_that_are_lost_on_the_way_lose_and_double_nothing(bool overFiles)
    {
        // MLflow's file store, which a server may stand before, appends a point again that it has.
        var server = overFiles ? _servers.Start(overFiles) : _server;
        using var gate = new Gate(server.Uri);
        using var client = Open(gate.Uri, journal: false);
        var run = (await client.CreateRunAsync("0", cancellationToken: Cancellation)).Info.RunId;
        gate.CutEvery = 7;
        for (var step = 0; step < Points; step++)
        {
            await client.LogMetricAsync(run, "m", step, DateTimeOffset.UnixEpoch.AddSeconds(step), step, Cancellation);
            if (step % 50 == 0)
            {
                await client.SetTagAsync(run, "t", step, Cancellation);
                await client.DeleteTagAsync(run, "t", Cancellation);
                await client.LogParamAsync(run, $"p{step}", step, Cancellation);
            }
        }

        Assert.InRange(gate.Cuts, Points / 7, Points);
        await AssertWholeAsync(run, server.Uri);
        Assert.Equal(6, (await client.GetRunAsync(run, Cancellation)).Data.Params.Count);
        if (overFiles)
            _servers.Stop(server.ProcessId);
    }

    [Fact]
    public async Task A_server_that_is_too_slow_is_given_up_and_what_it_did_is_not_doubled()
    {
        using var gate = new Gate(_server.Uri);
        using var client = Open(gate.Uri, journal: false);
        using var impatient = Open(gate.Uri, journal: false, new() { MaxRetries = 1, Timeout = TimeSpan.FromSeconds(2) });
        var run = (await client.CreateRunAsync("0", cancellationToken: Cancellation)).Info.RunId;
        gate.Hold = new();

        var error = await Assert.ThrowsAsync<MlflowException>(() => impatient.LogMetricAsync(run, "m", 0, DateTimeOffset.UnixEpoch, 0, Cancellation));
        Assert.Equal(ErrorCode.DeadlineExceeded, error.ErrorCode);

        gate.Hold.SetResult();
        gate.Hold = null;
        for (var step = 0; step < Points; step++)
            await client.LogMetricAsync(run, "m", step, DateTimeOffset.UnixEpoch.AddSeconds(step), step, Cancellation);
        await AssertWholeAsync(run);
    }

    private async Task AssertWholeAsync(string run, string? uri = null)
    {
        using var client = Open(uri ?? _server.Uri, journal: false);
        var history = await client.GetMetricHistoryAsync(run, "m", Cancellation);
        Assert.Equal(Enumerable.Range(0, Points).Select(step => (double)step), history.Select(point => point.Value));
    }

    private MlflowClient Open(string uri, bool journal, MlflowHttpOptions? http = null) => new(uri, new()
    {
        // As MLflow's defaults, a hundred times faster.
        Http = http ?? new() { BackoffFactor = 0.02, BackoffJitter = 0.01, MaxRetries = 10 },
        Journal = new() { Enabled = journal, Folder = _folder.Combine("journals") },
        Warn = _ => { },
    });
}
