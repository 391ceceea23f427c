using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLflowSharp;
using MLflowSharp.ML;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;
using static TorchSharp.torch.nn;

namespace Interop.Models;

/// <summary>
/// Every kind of model that we log is scored by the real <c>mlflow.pyfunc.load_model("models:/name@alias")</c> as by us, and one that it logs by us
/// as by it: in the same database, with four versions of MLflow. Each cell of the matrix is printed and must hold.
/// </summary>
public sealed class CrossLoadTests(ITestOutputHelper output) : IDisposable
{
    private const double Tolerance = 1e-6;

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("2.22.5", "2.22")]
    [InlineData("3.3.2", "3.3")]
    [InlineData("3.17.2", "3.3")]
    public async Task Models_go_both_ways(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var options = new MlflowClientOptions { DatabaseVersion = databaseVersion, DefaultArtifactRoot = _folder.Combine("artifacts") };
        var onnx = _folder.Combine("model.onnx");
        var rows = Values(12);
        using (var network = MultilayerPerceptron.Create(6, [5], 3, seed: 1))
            await File.WriteAllBytesAsync(onnx, network.ToOnnx(), TestContext.Current.CancellationToken);
        Dictionary<string, (JsonObject Question, ModelData Data)> kinds;
        using (var client = new MlflowClient(_folder.TrackingUri, options))
        {
            kinds = await LogAsync(client);
            await File.WriteAllTextAsync(
                _folder.Combine("questions.json"), new JsonObject(kinds.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value.Question))).ToJsonString(), TestContext.Current.CancellationToken);
        }

        var answer = await python.RunAsync("cross_load", mlflow, _folder.TrackingUri, _folder.Combine("questions.json"), onnx, _folder.Combine("theirs"));

        using var reader = new MlflowClient(_folder.TrackingUri, options);
        var failures = new List<string>();
        foreach (var (name, (_, data)) in kinds)
            await CompareAsync(reader, name, data, answer["ours"]![name]!.AsObject(), $"ours ({name}) -> Python {mlflow}", failures);
        await CompareAsync(reader, "theirs", ModelTensor.Of(rows, 2, 6), answer["theirs"]!.AsObject(), $"Python {mlflow} (onnx) -> ours", failures);
        Assert.Equal(mlflow, (string?)answer["version"]);
        Assert.Empty(failures);
    }

    private async Task CompareAsync(MlflowClient client, string name, ModelData data, JsonObject theirs, string cell, List<string> failures)
    {
        using var model = await client.LoadModelAsync($"models:/{name}@champion", cancellationToken: TestContext.Current.CancellationToken);
        var ours = model.Predict(data);
        var largest = 0.0;
        foreach (var (tensor, values) in theirs)
        {
            var expected = values!.AsArray().GetValues<double>().ToArray();
            var given = ours[tensor].AsType<double>().Values.ToArray();
            if (given.Length != expected.Length)
                failures.Add($"{cell}: {tensor} has {expected.Length} values there and {given.Length} here.");
            else
                largest = Math.Max(largest, given.Zip(expected, (a, b) => Math.Abs(a - b)).Max());
        }

        output.WriteLine(FormattableString.Invariant($"{cell}: largest difference {largest:0.0e+00}"));
        if (largest > Tolerance || theirs.Count == 0)
            failures.Add(FormattableString.Invariant($"{cell}: differs by {largest}."));
    }

    /// <summary>Logs and registers a model of each kind, with the data that it is to be scored with there and here.</summary>
    private async Task<Dictionary<string, (JsonObject Question, ModelData Data)>> LogAsync(MlflowClient client)
    {
        var kinds = new Dictionary<string, (JsonObject, ModelData)>();
        var run = (await client.CreateRunAsync(client.CreateExperiment("ours"), cancellationToken: TestContext.Current.CancellationToken)).Info.RunId;

        using var perceptron = MultilayerPerceptron.Create(6, [5], 3, seed: 2);
        var rows = ModelTensor.Of(Values(12), 2, 6);
        await RegisterAsync(await TorchSharpFlavor.LogModelAsync(client, run, perceptron, rows, "perceptron"), Question(rows), rows);

        using var convolutional = Sequential(("conv", Conv2d(1, 4, 3)), ("norm", BatchNorm2d(4)), ("relu", ReLU()), ("pool", MaxPool2d(2)), ("flat", Flatten()), ("dense", Linear(4 * 3 * 3, 10)));
        var images = ModelTensor.Of(Values(128), 2, 1, 8, 8);
        await RegisterAsync(await TorchSharpFlavor.LogModelAsync(client, run, convolutional, images, "convolutional", "logits"), Question(images), images);

        var table = ModelData.FromColumns(new { a = Values(3), b = Values(3), c = Values(3) });
        await RegisterAsync(await OnnxFlavor.LogModelAsync(client, run, Sum(), "columns", table), new JsonObject { ["columns"] = new JsonObject(table.Select(column => KeyValuePair.Create(column.Key, (JsonNode?)List(column.Value)))) }, table);

        var data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(index => new Flower { Measures = [index % 7, index % 5], Weight = (index % 7) + (index % 5 * 2) }));
        var pipeline = _context.Regression.Trainers.Sdca("Weight", "Measures").Fit(data);
        var measures = ModelTensor.Of(Values(6), 3, 2);
        var question = Question(measures);
        question["tensor"] = "Measures";
        await RegisterAsync(
            await MLNetFlavor.LogModelAsync(client, run, _context, pipeline, data.Schema, "mlnet", TestContext.Current.CancellationToken), question, ModelData.Of([KeyValuePair.Create("Measures", (ModelTensor)measures)]));
        return kinds;

        async Task RegisterAsync(Model model, JsonObject asked, ModelData scored)
        {
            var name = model.ModelId is null ? model.ArtifactPath : client.GetLoggedModel(model.ModelId).Name;
            await client.RegisterModelAsync(model.ModelUri!, name, cancellationToken: TestContext.Current.CancellationToken);
            await client.SetRegisteredModelAliasAsync(name, "champion", "1", TestContext.Current.CancellationToken);
            kinds[name] = (asked, scored);
        }
    }

    private static JsonObject Question(ModelTensor tensor) => new() { ["values"] = List(tensor), ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]) };

    private static JsonArray List(ModelTensor tensor) => new([.. tensor.As<float>().Values.ToArray().Select(value => (JsonNode)value)]);

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(index => index / (float)count)];

    /// <summary>Three columns side by side, weighted.</summary>
    private static byte[] Sum() => new OnnxGraphBuilder("sum").Input("X", 3).Constant("w", [1, 2, 3], 3, 1).Node("MatMul", "sum", ["X", "w"]).Output("sum", 1).Build();

    private sealed class Flower
    {
        [VectorType(2)]
        public float[] Measures { get; set; } = [];

        public float Weight { get; set; }
    }
}
