using System.Text;
using MLflowSharp.Server;
using MLflowSharp.Tests;

namespace Interop.Server;

/// <summary>The recorded searches, asked of our server by the real MLflow's clients of four versions. Their counts stand in <c>docs/tracking-server.md</c>.</summary>
public sealed class SearchOracleTests : IDisposable
{
    private static readonly string[] Versions = ["2.15.1", "2.22.5", "3.3.2", PythonEnvironment.NewestMlflow];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _errors = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_recorded_search_is_answered_to_every_Python_client_as_MLflow_answers_it()
    {
        var python = PythonEnvironment.Require();
        await using var server = await TrackingServer.StartAsync(
            new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = _folder.Combine("mlartifacts"), Port = 0, OnError = _errors.Add }, TestContext.Current.CancellationToken);
        var recorded = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Search");
        await python.RunAsync("search_oracle", PythonEnvironment.NewestMlflow, server.TrackingUri, recorded, "fill");

        var table = new StringBuilder("| Python client | Works | Traces | Searches for runs | experiments | registered models | versions | pages |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var version in Versions)
        {
            var found = (await python.RunAsync("search_oracle", version, server.TrackingUri, recorded, "ask")).AsObject();
            Assert.All(found, kind => Assert.True(kind.Value!["different"]!.AsArray().Count == 0, $"{version}, {kind.Key}: {kind.Value["different"]!.ToJsonString()}"));
            table.Append($"| {version} | {ServerTests.ChecksOf(version)} | {TraceTests.ChecksOf(version)} | {string.Join(" | ", found.Select(kind => $"{kind.Value!["same"]} of {kind.Value["asked"]}"))} |\n");
        }

        Assert.Empty(_errors);
        new PageBlock("tracking-server", "python clients").Holds(table.ToString());
    }
}
