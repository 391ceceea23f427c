using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MLflowSharp.Testing.Tests;

/// <summary>The snippets of the project's README, run; and that they are the same.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Test_what_your_code_logs()
    {
        using var server = new FakeTrackingServer();
        using var client = server.NewDirectClient();

        var run = client.CreateRun("0").Info.RunId;
        client.LogParam(run, "lr", "0.1");

        Assert.Equal("0.1", client.GetRun(run).Data.Params["lr"]);
    }

    [Fact]
    public void Test_what_your_code_does_when_the_network_fails()
    {
        using var server = new FakeTrackingServer();
        using var client = server.NewClient();
        server.Inject(Fault.Status(503), times: 2);
        server.Inject(Fault.CutAfterwards, when: request => request.Path.EndsWith("/log-metric"));

        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0.5);

        Assert.Equal(3, server.Requests.Count(request => request.Path.EndsWith("/runs/create")));
        Assert.Single(client.GetMetricHistory(run, "loss"));
    }

    [Fact]
    public async Task Let_another_process_use_it()
    {
        await using var server = new FakeTrackingServer(new() { ServesArtifacts = true });
#pragma warning disable xUnit1051 // As people write it.
        var trackingUri = await server.ListenAsync();
#pragma warning restore xUnit1051

        Assert.StartsWith("http://127.0.0.1:", trackingUri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_shows_these_tests()
    {
        var tests = Lines(File.ReadAllText(ThisFile()));
        var snippets = Snippet().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(3, snippets.Count);
        Assert.All(snippets.SelectMany(Lines).Where(line => !line.StartsWith("//", StringComparison.Ordinal)), line => Assert.Contains(line, tests));
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
