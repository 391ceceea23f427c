using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLflowSharp;
using MLflowSharp.ML;

namespace Interop.Models;

/// <summary>Real MLflow scores the models of ML.NET that can be written as ONNX, through its python_function flavor.</summary>
public sealed class MLNetModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("boosted trees")]
    [InlineData("several classes")]
    [InlineData("columns of their own")]
    public async Task Python_scores_a_logged_pipeline_as_ML_NET_does(string kind)
    {
        var python = PythonEnvironment.Require();
        var random = new Random(1);
        var rows = Enumerable.Range(0, 200).Select(_ => new Flower { Height = random.NextSingle(), Width = random.NextSingle() * 5 }).ToArray();
        foreach (var row in rows)
            (row.Measures, row.Kind, row.Weight) = ([row.Height, row.Width], row.Height * 5 > row.Width ? "rose" : row.Width > 4 ? "tulip" : "daisy", (2 * row.Height) + row.Width);
        var data = _context.Data.LoadFromEnumerable(rows);
        IEstimator<ITransformer> pipeline = kind switch
        {
            "boosted trees" => _context.Regression.Trainers.LightGbm("Weight", "Measures", numberOfIterations: 20),
            "several classes" => _context.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(_context.Transforms.NormalizeMinMax("Measures"))
                .Append(_context.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: "Measures")).Append(_context.Transforms.Conversion.MapKeyToValue("Said", "PredictedLabel")),
            _ => _context.Transforms.Concatenate("Both", "Height", "Width").Append(_context.Regression.Trainers.Sdca("Weight", "Both")),
        };
        var model = pipeline.Fit(data);
        using var client = new MlflowClient(_folder.TrackingUri, new() { DefaultArtifactRoot = _folder.Combine("artifacts") });
        var run = (await client.CreateRunAsync("0", cancellationToken: TestContext.Current.CancellationToken)).Info.RunId;
        var logged = await MLNetFlavor.LogModelAsync(client, run, _context, model, data.Schema, cancellationToken: TestContext.Current.CancellationToken);
        object given = kind == "columns of their own"
            ? new { Height = rows.Select(row => new[] { row.Height }), Width = rows.Select(row => new[] { row.Width }) }
            : new { Measures = rows.Select(row => row.Measures) };
        await File.WriteAllTextAsync(_folder.Combine("rows.json"), JsonSerializer.Serialize(given), TestContext.Current.CancellationToken);

        var answer = await python.RunAsync("score_columns", PythonEnvironment.NewestMlflow, _folder.TrackingUri, logged.ModelUri!, _folder.Combine("rows.json"));

        Assert.Equal(["mlnet", "onnx", "python_function"], answer["flavors"]!.AsArray().Select(flavor => (string)flavor!));
        var scored = model.Transform(data);
        var expected = scored.Schema["Score"].Type is VectorDataViewType ? scored.GetColumn<float[]>("Score").SelectMany(score => score).ToArray() : [.. scored.GetColumn<float>("Score")];
        foreach (var (_, outputs) in answer["answers"]!.AsObject())
        {
            var scores = outputs!["Score.output"]!.AsArray().Select(score => (float)score!).ToArray();
            Assert.Equal(expected.Length, scores.Length);
            Assert.All(scores.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
            if (kind == "several classes")
                Assert.Equal(scored.GetColumn<string>("Said"), outputs["Said.output"]!.AsArray().Select(said => (string)said!));
        }
    }

    private sealed class Flower
    {
        public float Height { get; set; }

        public float Width { get; set; }

        [VectorType(2)]
        public float[] Measures { get; set; } = [];

        public string Kind { get; set; } = "";

        public float Weight { get; set; }
    }
}
