using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Testing.Tests;

public sealed class FakeTrackingServerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
    private readonly FakeTrackingServer _server;

    public FakeTrackingServerTests() => _server = new(new() { TimeProvider = _clock, Random = new(1) });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task All_ways_lead_to_the_same_data()
    {
        using var direct = _server.NewDirectClient();
        using var inProcess = _server.NewClient();
        using var overTcp = new MlflowClient(await _server.ListenAsync(TestContext.Current.CancellationToken), new() { Journal = new() { Enabled = false } });

        var run = direct.CreateRun(inProcess.CreateExperiment("mine")).Info.RunId;
        inProcess.LogParam(run, "a", "1");
        overTcp.LogParam(run, "b", "2");

        Assert.All((MlflowClient[])[direct, inProcess, overTcp], client => Assert.Equal(2, client.GetRun(run).Data.Params.Count));
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public void A_client_that_is_closed_leaves_the_server_open()
    {
        using (var first = _server.NewDirectClient())
            first.CreateExperiment("mine");
        using (var second = _server.NewClient())
            Assert.NotNull(second.GetExperimentByName("mine"));
        using var third = _server.NewClient();
        Assert.NotNull(third.GetExperimentByName("mine"));
    }

    [Fact]
    public void Times_and_names_are_the_tests()
    {
        using var client = _server.NewDirectClient();
        using var twin = new FakeTrackingServer(new() { TimeProvider = _clock, Random = new(1) });
        using var other = twin.NewDirectClient();

        var run = client.CreateRun("0").Info;

        Assert.Equal(_clock.GetUtcNow(), run.StartTime);
        Assert.Equal(run.RunName, other.CreateRun("0").Info.RunName);
    }

    [Fact]
    public void What_is_asked_is_recorded_until_it_is_forgotten()
    {
        using var client = _server.NewClient();
        client.CreateExperiment("mine");

        var request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/api/2.0/mlflow/experiments/create", 200), (request.Method, request.Path, request.Status));
        Assert.Contains("\"mine\"", request.Body, StringComparison.Ordinal);
        Assert.StartsWith("mlflow", request.Headers["user-agent"], StringComparison.OrdinalIgnoreCase);

        _server.ClearRequests();
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Each_fault_looks_as_in_the_real_thing()
    {
        using var http = new HttpClient(_server.Handler, disposeHandler: false) { BaseAddress = new("http://any") };
        _server.Inject(Fault.Error(ErrorCode.PermissionDenied, "Not you."));
        _server.Inject(Fault.Status(429, retryAfter: 7));
        _server.Inject(Fault.Cut);

        var refused = await Get();
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("\"message\":\"Not you.\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var busy = await Get();
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (busy.StatusCode, busy.Headers.RetryAfter!.Delta!.Value));
        await Assert.ThrowsAsync<HttpRequestException>(Get);
        Assert.Equal(HttpStatusCode.OK, (await Get()).StatusCode);
        Assert.Equal([403, 429, null, 200], _server.Requests.Select(request => request.Status));

        Task<HttpResponseMessage> Get() => http.GetAsync(new Uri("version", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_answer_that_is_lost_was_stored_all_the_same()
    {
        using var http = new HttpClient { BaseAddress = new(await _server.ListenAsync(TestContext.Current.CancellationToken)) };
        using var client = _server.NewDirectClient();
        _server.Inject(Fault.CutAfterwards);
        _server.Inject(Fault.Cut);

        await Assert.ThrowsAsync<HttpRequestException>(() => Create("done"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Create("not done"));

        Assert.NotNull(client.GetExperimentByName("done"));
        Assert.Null(client.GetExperimentByName("not done"));

        Task<HttpResponseMessage> Create(string name) => http.PostAsync(
            new Uri("api/2.0/mlflow/experiments/create", UriKind.Relative),
            new StringContent($$"""{"name": "{{name}}"}""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_late_answer_comes_when_the_clock_says_so()
    {
        using var http = new HttpClient(_server.Handler, disposeHandler: false) { BaseAddress = new("http://any") };
        _server.Inject(Fault.Delay(TimeSpan.FromHours(1)));

        var answer = http.GetStringAsync(new Uri("version", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("3.17.2", await answer);
    }

    [Fact]
    public async Task Without_an_answer_the_caller_gives_up()
    {
        using var http = new HttpClient(_server.Handler, disposeHandler: false) { BaseAddress = new("http://any") };
        using var patience = new CancellationTokenSource();
        _server.Inject(Fault.NoAnswer, times: 9, when: request => request.Path == "/version");

        var answer = http.GetStringAsync(new Uri("version", UriKind.Relative), patience.Token);
        Assert.Equal("OK", await http.GetStringAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        _server.ClearFaults();
        Assert.Equal("3.17.2", await http.GetStringAsync(new Uri("version", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Artifacts_lie_in_the_servers_folder_and_go_with_it()
    {
        var server = new FakeTrackingServer(new() { ServesArtifacts = true });
        using (var client = server.NewClient())
        {
            var run = client.CreateRun("0").Info;
            client.LogText(run.RunId, "hei", "notes/a.txt");
            Assert.StartsWith("mlflow-artifacts:/", run.ArtifactUri, StringComparison.Ordinal);
            Assert.Equal("hei", await File.ReadAllTextAsync(Path.Combine(server.ArtifactsFolder, "0", run.RunId, "artifacts", "notes", "a.txt"), TestContext.Current.CancellationToken));
        }

        var folder = server.ArtifactsFolder;
        await server.DisposeAsync();
        await server.DisposeAsync();
        Assert.False(Directory.Exists(folder));
        Assert.Throws<ObjectDisposedException>(() => server.NewClient());
    }

    [Fact]
    public void A_fault_has_to_come_at_least_once() => Assert.Throws<ArgumentOutOfRangeException>(() => _server.Inject(Fault.Cut, 0));
}
