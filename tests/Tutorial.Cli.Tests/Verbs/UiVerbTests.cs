using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MLflowSharp;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed partial class UiVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Theory]
    [InlineData("ui")]
    [InlineData("server")]
    public async Task Runs_are_served_to_who_shows_the_token_until_it_is_stopped(string verb)
    {
        _course.Write("pages/index.html", "<!doctype html><title>MLflow</title>");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = _course.TypeAsync(stop.Token, [verb, .. Store, "--port", "0", "--no-browser", "--pages", _course.PathOf("pages")]);
        var printed = await _course.SaidAsync(Address());
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri($"{printed.Groups[1].Value}/"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("<title>MLflow", await http.GetStringAsync(new Uri($"{printed.Groups[1].Value}/?token={printed.Groups[2].Value}"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var client = new MlflowClient(printed.Groups[1].Value, new() { Http = new() { Token = printed.Groups[2].Value }, Journal = new() { Folder = _course.PathOf("journals") } }))
            client.LogBatch(client.CreateRun("0").Info.RunId, [new("loss", 0.5, 1, 2)], [], []);
        Assert.Contains($"MLFLOW_TRACKING_URI={printed.Groups[1].Value} MLFLOW_TRACKING_TOKEN={printed.Groups[2].Value}", _course.Output, StringComparison.Ordinal);
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Success, await serving);
        Assert.Contains("requests under way are answered first", _course.Output, StringComparison.Ordinal);
        Assert.Equal("", _course.Error);
        using var database = new MlflowClient($"sqlite:///{_course.PathOf("mlflow.db")}");
        Assert.Equal(0.5, Assert.Single(database.SearchRuns(["0"])).Data.Metrics["loss"]);
    }

    [Fact]
    public async Task Without_a_token_it_says_that_anyone_may_come()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = _course.TypeAsync(stop.Token, ["ui", .. Store, "--port", "0", "--no-browser", "--no-token", "--path-prefix", "/proxy/1"]);
        var printed = await _course.SaidAsync(Open());
        using var http = new HttpClient();

        Assert.Equal("3.17.2", await http.GetStringAsync(new Uri($"{printed.Groups[1].Value}version"), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await serving);
    }

    [Fact]
    public async Task What_cannot_be_served_is_said_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        _course.Write("text.db", string.Concat(Enumerable.Repeat("no database at all ", 100)));

        await RefusedAsync($"listen at 127.0.0.1:{port}", [.. Store, "--port", $"{port}"]);
        await RefusedAsync("text.db", "--backend-store-uri", $"sqlite:///{_course.PathOf("text.db")}", "--port", "0");
        await RefusedAsync("not supported", "--backend-store-uri", "oracle://x", "--port", "0");
        await RefusedAsync("Give an IP address", [.. Store, "--host", "example.org"]);
        await RefusedAsync("no web pages", [.. Store, "--port", "0", "--pages", _course.PathOf("nowhere")]);
        await RefusedAsync("--cache-mb must be 0 or more, and is -1", [.. Store, "--port", "0", "--cache-mb", "-1"]);
        await RefusedAsync("nowhere.pem", [.. Store, "--port", "0", "--ssl-certfile", _course.PathOf("nowhere.pem")]);
    }

    private string[] Store => ["--backend-store-uri", $"sqlite:///{_course.PathOf("mlflow.db")}", "--artifacts-destination", _course.PathOf("mlartifacts")];

    private async Task RefusedAsync(string reason, params string[] words)
    {
        var said = _course.Error.Length;

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync(["ui", "--no-browser", .. words]));

        Assert.Contains(reason, Assert.Single(_course.Error[said..].TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [GeneratedRegex("MLflow is at (http://127.0.0.1:[0-9]+)/\\?token=([0-9a-f]{32})")]
    private static partial Regex Address();

    [GeneratedRegex("MLflow is at (http://127.0.0.1:[0-9]+/proxy/1/), for anyone who can reach it")]
    private static partial Regex Open();
}
