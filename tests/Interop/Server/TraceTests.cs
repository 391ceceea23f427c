using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interop.Stores.Postgres;
using MLflowSharp.Server;

namespace Interop.Server;

/// <summary>Traces between the real MLflow for Python and our tracking server, over the wire and in one database.</summary>
public sealed partial class TraceTests : IDisposable
{
    private const string Expected = """
        {
          "names": ["predict", "session"],
          "count": 4,
          "spans": [1, 1, 2, 2],
          "root": ["predict", "CHAIN", 2, {"digit": 4, "sure": 0.5}, "cnn ä ✓", [1, 2], 2.0, "OK"],
          "child": ["double", "TOOL", true, 4],
          "failed": ["exception", "no such label", "ERROR"],
          "got": [2, true],
          "states": [3, 1],
          "by name": [3, 1],
          "of session": ["session"],
          "coloured": ["session"],
          "pages": [3, 1],
          "tag gone": false,
          "errors": ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"]
        }
        """;

    private const string Whole = """{"of run": ["predict"], "tag": "by write", "deleted": 1, "left": false}""";
    private const string Newest = """{"by span": [2, 0, 1], "linked": ["predict", "session"]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _errors = [];

    /// <summary>How many things about traces are checked with a version of the client.</summary>
    public static int ChecksOf(string mlflow) => mlflow[0] != '3' ? 0 : Count(Expected) + Count(Whole) + (mlflow == PythonEnvironment.NewestMlflow ? Count(Newest) : 0);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3.3.2")]
    [InlineData("3.17.2")]
    public async Task The_Python_client_traces_a_program_with_our_server(string mlflow)
    {
        var python = PythonEnvironment.Require();
        await using var server = await StartAsync();

        var found = await python.RunAsync("use_traces", mlflow, server.TrackingUri, "write");

        Assert.Equal(mlflow, (string?)found["version"]);
        Check(Expected, found);
        Check(Whole, found);
        if (mlflow == PythonEnvironment.NewestMlflow)
            Check(Newest, found);
    }

    [Fact]
    public async Task Python_reads_from_the_database_what_our_server_has_stored()
    {
        var python = PythonEnvironment.Require();
        await using (var server = await StartAsync())
            await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, server.TrackingUri, "write");

        var found = await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, _folder.TrackingUri, "read");

        Check(Expected, found);
        Check("""{"of run": ["predict", "session"], "tag": "by read", "by span": [2, 0, 1]}""", found);
    }

    [Fact]
    public async Task Our_server_reads_from_the_database_what_Python_has_stored()
    {
        var python = PythonEnvironment.Require();
        await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, _folder.TrackingUri, "write");
        await using var server = await StartAsync();

        var found = await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, server.TrackingUri, "read");

        Check(Expected, found);
        Check("""{"of run": ["predict", "session"], "tag": "by read", "by span": [2, 0, 1]}""", found);
    }

    [Fact]
    public async Task PostgreSQL_keeps_them_as_well_and_Python_reads_them_there()
    {
        var python = PythonEnvironment.Require();
        var database = PostgresServer.Running.NewDatabase();
        await using (var server = await StartAsync(database))
            Check(Expected, await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, server.TrackingUri, "write"));

        var found = await python.RunAsync("use_traces", PythonEnvironment.NewestMlflow, database, "read");

        Check(Expected, found);
        Check("""{"of run": ["predict", "session"], "tag": "by read", "by span": [2, 0, 1]}""", found);
    }

    [Fact]
    public async Task PostgreSQL_answers_all_recorded_questions_as_SQLite_does()
    {
        var python = PythonEnvironment.Require();
        var answers = new List<string[]>();
        foreach (var database in (string[])[_folder.TrackingUri, PostgresServer.Running.NewDatabase()])
        {
            await using var server = await StartAsync(database);
            var file = _folder.Combine($"answers-{answers.Count}");
            await python.RunAsync("record_traces", PythonEnvironment.NewestMlflow, server.TrackingUri, file);
            answers.Add([.. (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Select(Essence)]);
        }

        Assert.Equal(answers[0], answers[1]);
    }

    /// <summary>A call with its answer, without what differs from one time to the next, and names in order.</summary>
    private static string Essence(string line)
    {
        var call = JsonNode.Parse(line)!;
        return Invented().Replace($"{call["note"]} {call["status"]} {Sorted(call["response"])?.ToJsonString()}", "…");
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items when (NameOf("key", items) ?? NameOf("assessment_name", items)) is { } name => new JsonArray([.. items.OrderBy(item => (string?)item![name], StringComparer.Ordinal).Select(Sorted)]),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>What names the items of a list, if that does; those made in the same millisecond have no order of their own.</summary>
    private static string? NameOf(string member, JsonArray items) => items.All(item => item is JsonObject named && named.ContainsKey(member)) ? member : null;

    /// <summary>Identifiers and names that a server invents; those of traces come from who sends them.</summary>
    [GeneratedRegex(@"(?<!tr-[0-9a-f]*)(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|[a-z]+-[a-z]+-\d+(?="")|(?<=_time"":"")20[^""]*")]
    private static partial Regex Invented();

    private static int Count(string expected) => JsonNode.Parse(expected)!.AsObject().Count;

    private Task<TrackingServer> StartAsync(string? database = null) => TrackingServer.StartAsync(
        new() { BackendStoreUri = database ?? _folder.TrackingUri, ArtifactsDestination = _folder.Combine("mlartifacts"), Port = 0, OnError = _errors.Add }, TestContext.Current.CancellationToken);

    private void Check(string expected, JsonNode found)
    {
        Assert.Empty(_errors);
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, found[name]), $"{name}: {found[name]?.ToJsonString()} was found, expected {value?.ToJsonString()}");
    }
}
