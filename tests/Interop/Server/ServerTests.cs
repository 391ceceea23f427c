using System.Text.Json.Nodes;
using MLflowSharp.Server;

namespace Interop.Server;

/// <summary>The real MLflow's Python client against our tracking server.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _errors = [];

    /// <summary>How many things are checked with a version of the client.</summary>
    public static int ChecksOf(string mlflow) => JsonNode.Parse(Expected)!.AsObject().Count + (mlflow[0] == '3' ? JsonNode.Parse(ExpectedOfMlflow3)!.AsObject().Count : 0);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15.1", "sqlite")]
    [InlineData("2.22.5", "sqlite")]
    [InlineData("3.3.2", "sqlite")]
    [InlineData("3.17.2", "sqlite")]
    [InlineData("3.17.2", "files")]
    [InlineData("2.15.1", "files")]
    public async Task The_Python_client_does_all_its_work_with_our_server(string mlflow, string kind)
    {
        var python = PythonEnvironment.Require();
        await using var server = await TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = kind == "files" ? _folder.Combine("mlruns") : _folder.TrackingUri,
                ArtifactsDestination = _folder.Combine("mlartifacts"),
                StoreOptions = new() { DatabaseVersion = "3.17" },
                Port = 0,
                OnError = _errors.Add,
            },
            TestContext.Current.CancellationToken);

        var found = await python.RunAsync("use_server", mlflow, server.TrackingUri, _folder.FullName);

        Assert.Empty(_errors);
        Assert.Equal(mlflow, (string?)found["version"]);
        var expected = JsonNode.Parse(Expected)!.AsObject();
        // A file keeps what it is given; a database has no infinity.
        if (kind == "files")
            expected["metrics"]!["odd/inf"] = "inf";
        foreach (var (name, value) in expected)
            Assert.True(JsonNode.DeepEquals(value, found[name]), $"{name}: {found[name]?.ToJsonString()} was found, expected {value?.ToJsonString()}");

        if (mlflow[0] != '3')
            return;
        foreach (var (name, value) in JsonNode.Parse(ExpectedOfMlflow3)!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, found[name]), $"{name}: {found[name]?.ToJsonString()} was found, expected {value?.ToJsonString()}");
    }

    private const string Expected = """
        {
          "experiments": ["python äöå"],
          "deleted experiment": "deleted",
          "status": "FINISHED",
          "params": 121,
          "lr": "0.1",
          "metrics": {"accuracy": 0.9, "loss": 0.2, "odd/inf": 1.7976931348623157e308, "odd/nan": "nan"},
          "tags": {"a": "b", "unicode": "✓ äöå 😀", "mlflow.note.content": "a note", "mlflow.runName": "first"},
          "parent": true,
          "history": [[0, 1.0], [1, 0.5], [2, 0.3333333333333333], [3, 0.25], [4, 0.2]],
          "root": [["data", true], ["notes", true], ["single", true], ["table.json", false], ["tree", true]],
          "deep": [["tree/deep/bytes.bin", 1048576]],
          "bytes": true,
          "empty": 0,
          "text": "hyvää päivää\n",
          "dict": {"a": [1, 2]},
          "table": {"x": [1, 2], "y": ["a", "b"]},
          "missing artifact": true,
          "datasets": [["digits", "d1", "train"]],
          "stage": ["Production", "1", ["2"]],
          "descriptions": ["new words", "of a version"],
          "experiment tag gone": false,
          "search": [["child"], ["first"], ["first"], ["first", "child"]],
          "pages": [1, 1],
          "frame": 2,
          "changed": ["FAILED", "renamed run", false],
          "active": ["child"],
          "errors": ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_ALREADY_EXISTS", "INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST"],
          "versions": ["1", "2"],
          "alias": "1",
          "model": ["all digits", {"task": "digits"}],
          "outside": "INVALID_PARAMETER_VALUE",
          "models": ["mnist2"]
        }
        """;

    private const string ExpectedOfMlflow3 = """
        {
          "logged model": ["cnn", "READY", {"layers": "3"}, "2", null, [["test", 0.97, 9]]],
          "logged models": ["cnn"],
          "prompts": ["Hello Anna", "Good day, {{name}}!", ["greeting"], "b", []],
          "prompt and model": ["RESOURCE_ALREADY_EXISTS", true],
          "prompts gone": [],
          "logged model gone": "RESOURCE_DOES_NOT_EXIST"
        }
        """;
}
