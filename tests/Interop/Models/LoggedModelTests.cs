using System.Text.Json.Nodes;
using MLflowSharp;
using MLflowSharp.Onnx;

namespace Interop.Models;

/// <summary>The real MLflow loads and scores the models that our client logs.</summary>
public sealed class LoggedModelTests : IDisposable
{
    private static readonly float[][] Rows = [[0, 0, 0, 0], [1, -2, 0.5f, 3], [0.1f, 0.2f, 0.3f, 0.4f], [-5, 5, -5, 5]];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("2.22.5", "2.22")]
    [InlineData("3.3.2", "3.3")]
    [InlineData("3.17.2", "3.3")]
    public async Task Our_model_scores_to_the_same_numbers_in_MLflow(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var model = Network();
        var run = Log(model, databaseVersion);

        var theirs = await python.RunAsync("score_model", mlflow, _folder.TrackingUri, $"runs:/{run}/model", Json(Rows).ToJsonString());

        using var ours = OnnxModel.Load(model);
        var scored = theirs["outputs"]!["probabilities"]!.AsArray();
        foreach (var (row, theirRow, alone) in Rows.Zip(scored, theirs["one_by_one"]!.AsArray()))
        {
            var ourRow = ours.Predict(row);
            Assert.Equal(ourRow, theirRow!.AsArray().GetValues<float>());
            Assert.Equal(ourRow, alone!.AsArray().GetValues<float>());
        }

        Assert.Equal(["onnx", "python_function"], theirs["flavors"]!.AsArray().GetValues<string>());
        Assert.Equal(run, (string?)theirs["run_id"]);
        if (mlflow != "2.15.1")
            Assert.True(JsonNode.DeepEquals(Json(Rows[1..2]), theirs["example"]), $"The example came back as {theirs["example"]}");
    }

    [Fact]
    public async Task MLflow_enforces_the_signature_of_our_model()
    {
        var python = PythonEnvironment.Require();
        var run = Log(Network(), new MlflowClientOptions().DatabaseVersion);

        var theirs = await python.RunAsync(
            "score_model", PythonEnvironment.NewestMlflow, _folder.TrackingUri, $"runs:/{run}/model", Json(Rows).ToJsonString());

        Assert.Contains("\"shape\": [-1, 4]", (string)theirs["signature"]!["inputs"]!, StringComparison.Ordinal);
        Assert.Contains("Shape of input (4, 3) does not match expected shape (-1, 4)", (string)theirs["wrong_width"]!, StringComparison.Ordinal);
        Assert.Contains("float32", (string)theirs["wrong_type"]!, StringComparison.Ordinal);
    }

    private string Log(byte[] model, string databaseVersion)
    {
        using var client = new MlflowClient(_folder.TrackingUri, new() { DatabaseVersion = databaseVersion, DefaultArtifactRoot = _folder.Combine("artifacts") });
        var run = client.CreateRun(client.CreateExperiment("models")).Info.RunId;
        OnnxFlavor.LogModel(client, run, model, inputExample: Rows[1..2]);
        client.SetTerminated(run);
        return run;
    }

    /// <summary>Four inputs, a hidden layer of five, three probabilities.</summary>
    private static byte[] Network() => new OnnxGraphBuilder("network")
        .Input("input", 4)
        .Constant("w1", [.. Enumerable.Range(0, 20).Select(i => float.Sin(i))], 5, 4)
        .Constant("b1", [0.1f, -0.1f, 0.2f, -0.2f, 0.3f], 5)
        .Constant("w2", [.. Enumerable.Range(0, 15).Select(i => float.Cos(i))], 3, 5)
        .Constant("b2", [0, 0.5f, -1], 3)
        .Node("Gemm", "hidden", ["input", "w1", "b1"], ("transB", 1))
        .Node("Relu", "active", ["hidden"])
        .Node("Gemm", "logits", ["active", "w2", "b2"], ("transB", 1))
        .Node("Softmax", "probabilities", ["logits"], ("axis", 1))
        .Output("probabilities", 3)
        .Build();

    private static JsonArray Json(float[][] rows) => new([.. rows.Select(row => (JsonNode)new JsonArray([.. row.Select(value => (JsonNode)(double)value)]))]);
}
