using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MLflowSharp.Protocol;
using MLflowSharp.Stores;
using static MLflowSharp.Tests.Stores.Rest.FakeServer;

namespace MLflowSharp.Tests.Stores.Rest;

public sealed class RetryTests : RestTest
{
    private const string Experiment = """{"experiment": {"experiment_id": "1", "name": "e", "lifecycle_stage": "active"}}""";

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task What_may_pass_is_tried_seven_times_more_with_MLflows_waits(HttpStatusCode status)
    {
        var server = new FakeServer(Answer(status, "busy", "text/plain"));
        using var stores = Open(server);

        var error = await Refused(() => stores.Tracking.GetExperimentAsync("1", Cancellation));

        Assert.Equal(8, server.Requests.Count);
        Assert.Equal([4, 8, 16, 32, 64, 120], Clock.Waits);
        Assert.Contains("busy", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, Warnings.Count);
        Assert.Contains("attempt 3 of 8", Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task What_will_not_pass_is_told_at_once(HttpStatusCode status)
    {
        var server = new FakeServer(Answer(status, "no", "text/plain"));
        using var stores = Open(server);

        await Refused(() => stores.Tracking.GetExperimentAsync("1", Cancellation));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_again_until_it_works()
    {
        var server = new FakeServer(
            Fail(new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused))),
            Fail(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")),
            Fail(new IOException("reset")),
            Answer(HttpStatusCode.OK, Experiment));
        using var stores = Open(server);

        Assert.Equal("e", (await stores.Tracking.GetExperimentAsync("1", Cancellation)).Name);
        Assert.Equal([4, 8], Clock.Waits);
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_is_asked_for_again()
    {
        var server = new FakeServer(
            (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new CutStream()) }), Answer(HttpStatusCode.OK, Experiment));
        using var stores = Open(server);

        Assert.Equal("e", (await stores.Tracking.GetExperimentAsync("1", Cancellation)).Name);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData("Wed, 25 Nov 2026 12:01:40 GMT", 100)]
    [InlineData("Wed, 25 Nov 2020 12:01:40 GMT", 0)]
    [InlineData("99999999", 6 * 3600)]
    public async Task A_server_that_says_when_to_come_again_is_obeyed(string retryAfter, double seconds)
    {
        var server = new FakeServer(
            Answer(HttpStatusCode.ServiceUnavailable, change: response => response.Headers.TryAddWithoutValidation("Retry-After", retryAfter)), Answer(HttpStatusCode.OK, Experiment));
        using var stores = Open(server);

        await stores.Tracking.GetExperimentAsync("1", Cancellation);

        Assert.Equal(seconds == 0 ? [] : [seconds], Clock.Waits);
    }

    [Fact]
    public async Task A_server_that_says_when_to_come_again_is_not_obeyed_when_so_set()
    {
        var server = new FakeServer(
            Answer(HttpStatusCode.ServiceUnavailable, change: response => response.Headers.TryAddWithoutValidation("Retry-After", "30")), Answer(HttpStatusCode.OK, Experiment));
        using var stores = Open(server, http => http with { RespectRetryAfter = false });

        await stores.Tracking.GetExperimentAsync("1", Cancellation);

        Assert.Empty(Clock.Waits);
    }

    [Fact]
    public async Task Jitter_is_added_to_a_wait()
    {
        var server = new FakeServer(Answer(HttpStatusCode.ServiceUnavailable));
        using var stores = Open(server, http => http with { BackoffFactor = 0.5, BackoffJitter = 3, MaxRetries = 3 });

        await Refused(() => stores.Tracking.GetExperimentAsync("1", Cancellation));

        Assert.Equal(2, Clock.Waits.Count);
        Assert.InRange(Clock.Waits[0], 1, 4);
        Assert.InRange(Clock.Waits[1], 2, 5);
    }

    [Fact]
    public async Task Without_retries_the_first_failure_is_told()
    {
        var server = new FakeServer(Answer(HttpStatusCode.ServiceUnavailable));
        using var stores = Open(server, http => http with { MaxRetries = 0 });

        await Refused(() => stores.Tracking.GetExperimentAsync("1", Cancellation));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_slow_attempt_is_given_up_by_the_clock_and_tried_again()
    {
        var time = new FakeTimeProvider();
        using var arrived = new SemaphoreSlim(0);
        var server = new FakeServer(
            async (_, token) =>
            {
                arrived.Release();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("not reached");
            });
        using var stores = StoreFactory.Open("http://slow.example", new MlflowClientOptions { TimeProvider = time, Http = new() { Handler = server, MaxRetries = 1 } });

        var call = stores.Tracking.GetExperimentAsync("1", Cancellation);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await arrived.WaitAsync(Cancellation);
            time.Advance(TimeSpan.FromSeconds(119));
            Assert.False(call.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var error = await Refused(() => call);
        Assert.Equal(ErrorCode.DeadlineExceeded, error.ErrorCode);
        Assert.Contains("MLFLOW_HTTP_REQUEST_TIMEOUT", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_is_not_repeated()
    {
        using var cancel = new CancellationTokenSource();
        using var arrived = new SemaphoreSlim(0);
        var server = new FakeServer(
            async (_, token) =>
            {
                arrived.Release();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("not reached");
            });
        using var stores = Open(server);

        var call = stores.Tracking.GetExperimentAsync("1", cancel.Token);
        await arrived.WaitAsync(Cancellation);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Of_points_whose_answer_was_lost_a_server_over_files_gets_those_that_it_does_not_have()
    {
        var server = new FakeServer(
            Fail(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")),
            Answer(HttpStatusCode.OK, """{"store_type": "FileStore"}"""),
            Answer(HttpStatusCode.OK, """
                {"run": {"info": {"run_id": "r", "experiment_id": "0", "status": "RUNNING", "lifecycle_stage": "active", "artifact_uri": "x", "start_time": 1},
                 "data": {"metrics": [{"key": "m", "value": 0.5, "timestamp": 11, "step": 1}, {"key": "old", "value": 1, "timestamp": 1, "step": 0}]}}}
                """),
            Answer(HttpStatusCode.OK, """{"metrics": [{"key": "m", "value": 0.25, "timestamp": 10, "step": 0}, {"key": "m", "value": "NaN", "timestamp": 11, "step": 1}]}"""),
            Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        await stores.Tracking.LogBatchAsync(
            "r", [new("m", 0.25, 10, 0), new("m", double.NaN, 11, 1), new("m", 0.5, 11, 1), new("m", 1, 12, 2), new("old", 1, 2, 3), new("new", 1, 1, 1)], [], [new("t", "v")], Cancellation);

        Assert.Equal(
            ["POST", "GET /api/3.0/mlflow/server-info", "GET /api/2.0/mlflow/runs/get", "GET /api/2.0/mlflow/metrics/get-history", "POST"],
            server.Requests.Select(request => request.Line.StartsWith("POST", StringComparison.Ordinal) ? "POST" : request.Line.Split('?')[0]));
        var again = ProtocolJson.Read<LogBatchRequest>(Encoding.UTF8.GetBytes(server.Requests[^1].Body));
        Assert.Equal([("m", 11L, 0.5), ("m", 12L, 1), ("old", 2L, 1), ("new", 1L, 1)], again.Metrics!.Select(metric => (metric.Key!, metric.Timestamp!.Value, metric.Value!.Value)));
        Assert.Single(again.Tags!);
    }

    [Fact]
    public async Task Points_that_a_server_over_files_has_are_not_sent_again()
    {
        var server = new FakeServer(
            Error(HttpStatusCode.InternalServerError, "INTERNAL_ERROR", "disk"),
            Error(HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND", "no such thing"),
            Answer(HttpStatusCode.OK, "2.22.5", "text/plain"),
            Answer(HttpStatusCode.OK, """
                {"run": {"info": {"run_id": "r", "experiment_id": "0", "status": "RUNNING", "lifecycle_stage": "active", "artifact_uri": "x", "start_time": 1},
                 "data": {"metrics": [{"key": "m", "value": 0.5, "timestamp": 11, "step": 1}]}}}
                """),
            Answer(HttpStatusCode.OK, """{"metrics": [{"key": "m", "value": 0.5, "timestamp": 11, "step": 1}]}"""));
        using var stores = Open(server);

        await stores.Tracking.LogBatchAsync("r", [new("m", 0.5, 11, 1)], [], [], Cancellation);

        Assert.Single(server.Requests, request => request.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_with_a_database_gets_the_points_again_and_drops_them()
    {
        var server = new FakeServer(
            Fail(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")), Answer(HttpStatusCode.OK, """{"store_type": "SqlStore"}"""), Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        await stores.Tracking.LogBatchAsync("r", [new("m", 1, 1, 1), new("m", 2, 2, 2)], [], [], Cancellation);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body, server.Requests[2].Body);
    }

    [Fact]
    public async Task What_a_lost_answer_deleted_is_deleted()
    {
        var server = new FakeServer(
            Fail(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")),
            Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No tag with name: t"));
        using var stores = Open(server);

        await stores.Tracking.DeleteTagAsync("r", "t", Cancellation);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task What_was_never_there_is_not_deleted_when_the_first_attempt_did_not_arrive()
    {
        var server = new FakeServer(
            Fail(new HttpRequestException(HttpRequestError.ConnectionError, "refused")),
            Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No tag with name: t"));
        using var stores = Open(server);

        Assert.Equal(ErrorCode.ResourceDoesNotExist, (await Refused(() => stores.Tracking.DeleteTagAsync("r", "t", Cancellation))).ErrorCode);
    }

    [Fact]
    public async Task A_name_that_a_lost_answer_may_have_taken_says_so()
    {
        var server = new FakeServer(Answer(HttpStatusCode.BadGateway), Error(HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", "Experiment(name=e) already exists."));
        using var stores = Open(server);

        var error = await Refused(() => stores.Tracking.CreateExperimentAsync("e", null, null, Cancellation));

        Assert.Equal(ErrorCode.ResourceAlreadyExists, error.ErrorCode);
        Assert.Contains("may have created it itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_made_whole_is_taken_back()
    {
        var server = new FakeServer(
            Answer(HttpStatusCode.OK, """{"model": {"info": {"model_id": "m-1"}}}"""),
            Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "no"),
            Answer(HttpStatusCode.OK));
        using var stores = Open(server);
        var parameters = Enumerable.Range(0, 101).ToDictionary(i => $"p{i}", i => "x");

        await Refused(() => stores.Tracking.CreateLoggedModelAsync("1", "m", null, null, parameters, null, Cancellation));

        Assert.StartsWith("DELETE /api/2.0/mlflow/logged-models/m-1", server.Requests[^1].Line, StringComparison.Ordinal);
    }

    private sealed class CutStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                throw new IOException("the connection was reset");
            _begun = true;
            "{\"experi"u8.CopyTo(buffer.Span);
            return ValueTask.FromResult(8);
        }
    }
}
