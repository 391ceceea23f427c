using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests;

public sealed class TrackingServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _errors = [];

    public void Dispose() => _folder.Dispose();

    private TrackingServerOptions Options => new()
    {
        BackendStoreUri = _folder.TrackingUri,
        ArtifactsDestination = Path.Combine(_folder.FullName, "mlartifacts"),
        Port = 0,
        OnError = _errors.Add,
    };

    private MlflowClientOptions ClientOptions => new() { Journal = new() { Folder = Path.Combine(_folder.FullName, "journals") }, Http = new() { MaxRetries = 0 } };

    [Fact]
    public async Task A_client_logs_through_it_and_finds_all_when_it_has_started_again()
    {
        string run;
        await using (var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken))
        {
            Assert.StartsWith("http://127.0.0.1:", server.TrackingUri, StringComparison.Ordinal);
            using var client = new MlflowClient(server.TrackingUri, ClientOptions);
            run = client.CreateRun(client.CreateExperiment("served")).Info.RunId;
            client.LogBatch(run, [new("loss", 0.5, 1, 2)], [new("lr", "0.1")], [new("t", "ä")]);
        }

        await using (var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken))
        {
            using var client = new MlflowClient(server.TrackingUri, ClientOptions);
            var found = client.GetRun(run);
            Assert.Equal((0.5, "0.1", "ä"), (found.Data.Metrics["loss"], found.Data.Params["lr"], found.Data.Tags["t"]));
            Assert.StartsWith("mlflow-artifacts:/1/", found.Info.ArtifactUri, StringComparison.Ordinal);
        }

        Assert.Empty(_errors);
    }

    [Fact]
    public async Task Files_of_any_size_pass_through_without_being_held()
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };
        var content = new byte[48 << 20];
        Random.Shared.NextBytes(content);

        var put = await http.PutAsync("api/2.0/mlflow-artifacts/artifacts/a/big.bin", new ByteArrayContent(content), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var got = await http.GetAsync("api/2.0/mlflow-artifacts/artifacts/a/big.bin", TestContext.Current.CancellationToken);

        Assert.Equal(content.Length, got.Content.Headers.ContentLength);
        var received = await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(content.AsSpan().SequenceEqual(received));
        Assert.Equal("nosniff", string.Join(',', got.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("SAMEORIGIN", string.Join(',', got.Headers.GetValues("X-Frame-Options")));
        Assert.False(got.Headers.Contains("Server"));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var address = new Uri(server.TrackingUri);
        using (var socket = new TcpClient(address.Host, address.Port))
        {
            await socket.GetStream().WriteAsync("PUT /api/2.0/mlflow-artifacts/artifacts/a.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nonly this"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await server.StopAsync();

        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories), file => file.EndsWith("a.bin", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith(".artifact", StringComparison.Ordinal));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData("GET /api/2.0/mlflow-artifacts/artifacts/../../../../etc/passwd HTTP/1.1", "400")]
    [InlineData("GET http://localhost/health HTTP/1.1", "200")]
    [InlineData("HEAD /health HTTP/1.1", "200")]
    [InlineData("OPTIONS * HTTP/1.1", "404")]
    [InlineData("GET /%zz%00 HTTP/1.1", "40")]
    public async Task What_is_sent_is_taken_as_it_stands(string line, string status)
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var address = new Uri(server.TrackingUri);
        using var socket = new TcpClient(address.Host, address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());

        Assert.StartsWith($"HTTP/1.1 {status}", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_only_health_answers()
    {
        await using var server = await TrackingServer.StartAsync(Options with { Token = "s3cret" }, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health", TestContext.Current.CancellationToken)).StatusCode);
        foreach (var header in (string?[])[null, "Bearer wrong", "Bearer", "Basic !!!", $"Basic {Convert.ToBase64String("s3cret:x"u8)}", "Digest s3cret"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "version");
            if (header is not null)
                request.Headers.TryAddWithoutValidation("Authorization", header);
            var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Unauthorized, "Basic realm=\"mlflow\""), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
        }

        foreach (var options in (MlflowHttpOptions[])[new() { Token = "s3cret" }, new() { Username = "anyone", Password = "s3cret" }])
        {
            using var client = new MlflowClient(server.TrackingUri, ClientOptions with { Http = options });
            Assert.Equal("Default", client.GetExperiment("0").Name);
        }

        Assert.DoesNotContain("s3cret", $"{server.TrackingUri}{Options with { Token = "s3cret" }}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_others_and_strange_hosts_are_kept_out()
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };
        using var strange = new HttpRequestMessage(HttpMethod.Get, "api/2.0/mlflow/experiments/get?experiment_id=0") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(strange, TestContext.Current.CancellationToken)).StatusCode);

        using var crossed = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        crossed.Headers.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(crossed, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task It_answers_behind_a_proxy_that_leaves_its_prefix_in_the_path()
    {
        await using var server = await TrackingServer.StartAsync(Options with { PathPrefix = "/rnode/r01/5000/" }, TestContext.Current.CancellationToken);
        Assert.EndsWith("/rnode/r01/5000", server.TrackingUri, StringComparison.Ordinal);
        using var client = new MlflowClient(server.TrackingUri, ClientOptions);
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };

        Assert.Equal("Default", client.GetExperiment("0").Name);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/version", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/rnode/r01/50001/version", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task It_listens_at_a_socket_that_only_its_user_can_use()
    {
        var socket = Path.Combine(_folder.FullName, "s.sock");
        await using (var server = await TrackingServer.StartAsync(Options with { UnixSocket = socket }, TestContext.Current.CancellationToken))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
            using var client = new MlflowClient(server.TrackingUri, ClientOptions);
            Assert.Equal("Default", client.GetExperiment("0").Name);
            var taken = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(Options with { UnixSocket = socket }, TestContext.Current.CancellationToken));
            Assert.Contains("already", taken.Message, StringComparison.Ordinal);
        }

        // What a server that was killed leaves is no obstacle.
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            left.Bind(new UnixDomainSocketEndPoint(socket));
        await using var again = await TrackingServer.StartAsync(Options with { UnixSocket = socket }, TestContext.Current.CancellationToken);
        Assert.StartsWith("http+unix://", again.TrackingUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_a_strange_host_and_a_file_in_the_sockets_place_are_refused_with_what_to_do()
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var port = new Uri(server.TrackingUri).Port;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "notes.txt"), "mine", TestContext.Current.CancellationToken);

        var taken = await Refused(Options with { Port = port });
        Assert.Equal(ErrorCode.InvalidState, taken.ErrorCode);
        Assert.Contains($"127.0.0.1:{port}", taken.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"process {Environment.ProcessId} (", taken.Message, StringComparison.Ordinal);
        Assert.Matches("Port [0-9]+ is free", taken.Message);
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(Options with { Host = "no such host" })).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(Options with { Port = 70000 })).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(Options with { UnixSocket = Path.Combine(_folder.FullName, "notes.txt") })).ErrorCode);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "notes.txt")));

        static Task<MlflowException> Refused(TrackingServerOptions options) => Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_told_of_before_anything_listens()
    {
        var path = Path.Combine(_folder.FullName, "not.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("this is no database ", 100)), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(Options with { BackendStoreUri = $"sqlite:///{path}" }, TestContext.Current.CancellationToken));

        Assert.Contains("not.db", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiments_keep_their_artifacts_where_the_default_root_says()
    {
        await using var server = await TrackingServer.StartAsync(Options with { DefaultArtifactRoot = "s3://bucket/root" }, TestContext.Current.CancellationToken);
        using var client = new MlflowClient(server.TrackingUri, ClientOptions);

        Assert.Equal("s3://bucket/root/1", client.GetExperiment(client.CreateExperiment("elsewhere")).ArtifactLocation);
    }

    [Fact]
    public async Task A_stop_lets_the_request_that_is_being_answered_end()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var api = new ApiUnderTest();
        var server = await TrackingServer.StartAsync(
            async (request, cancellationToken) =>
            {
                arrived.SetResult();
                await go.Task;
                return await api.Api.HandleAsync(request, cancellationToken);
            },
            Options,
            TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var answer = http.GetStringAsync(new Uri($"{server.TrackingUri}/version"), TestContext.Current.CancellationToken);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopped = server.StopAsync();
        Assert.False(stopped.IsCompleted);
        go.SetResult();

        Assert.Equal("3.17.2", await answer);
        await stopped;
        await server.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Many_clients_at_once_lose_nothing()
    {
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };
        var run = JsonDocument.Parse(await Post("runs/create", "{}")).RootElement.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (step, _) => await Post("runs/log-metric", $$"""{"run_id": "{{run}}", "key": "m", "value": {{step}}, "timestamp": 1, "step": {{step}}}"""));

        using var client = new MlflowClient(server.TrackingUri, ClientOptions);
        Assert.Equal(Enumerable.Range(0, 200).Select(step => (long)step), client.GetMetricHistory(run!, "m").Select(point => point.Step).Order());
        Assert.Empty(_errors);

        async Task<string> Post(string path, string json)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            var answer = await http.PostAsync($"api/2.0/mlflow/{path}", content, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }
}
