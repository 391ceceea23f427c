using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLflowSharp.ML.Tests.Autologging;

/// <summary>Each of ML.NET's trainers that need neither a graphics card nor another program.</summary>
public sealed class TrainerTests : TrackedTest
{
    public static TheoryData<string> Names => [.. TrainerCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_trainer_was_told_and_what_came_of_it_is_logged(string name)
    {
        var trainer = TrainerCase.All[name];
        // Trainers fill in what was left to them, in the same object.
        var told = OptionsOf(trainer);
        Mlflow.Autolog();
        var model = Context.Fit(Pipeline(trainer.Trainer(Context)), Training, Validation);

        var run = OnlyRun();
        Assert.Equal((RunStatus.Finished, "mlnet"), (run.Info.Status, run.Data.Tags["mlflow.autologging"]));
        Assert.Empty(Warnings);
        Assert.All((trainer.Parameters ?? new Dictionary<string, string>()).Concat(told), item => Assert.Equal(item.Value, run.Data.Params[item.Key]));
        RequireMetrics(trainer, run);
        Assert.Equal(["eval", "train"], run.Inputs.DatasetInputs.Select(input => input.Tags.Single().Value).Order());
        RequireModel(trainer, run, model);
        RequireImportance(trainer, run);
    }

    /// <summary>The trainer's options, each as Python would write it.</summary>
    private static Dictionary<string, string> OptionsOf(TrainerCase trainer) =>
        (trainer.Options?.GetType().GetFields() ?? [])
            .Where(option => (Nullable.GetUnderlyingType(option.FieldType) ?? option.FieldType) is { } type && (type.IsPrimitive || type.IsEnum || type == typeof(string)))
            .ToDictionary(option => option.Name, option => option.GetValue(trainer.Options) switch
            {
                null => "None",
                double.PositiveInfinity => "inf",
                float and < 1e-4f and > 0 or double and < 1e-4 and > 0 => Exponent(option.GetValue(trainer.Options)!),
                double and (>= 1e16 or <= -1e16) => throw new NotSupportedException("No trainer has so large an option."),
                float or double => Point(string.Create(CultureInfo.InvariantCulture, $"{option.GetValue(trainer.Options)}")),
                var value => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            });

    private static string Point(string number) => number.Contains('.', StringComparison.Ordinal) ? number : number + ".0";

    private static string Exponent(object number) => string.Create(CultureInfo.InvariantCulture, $"{number}").Replace("E-0", "e-0", StringComparison.Ordinal);

    private void RequireMetrics(TrainerCase trainer, Run run)
    {
        if (trainer.Metric.Length == 0)
            return;
        Assert.True(run.Data.Metrics.ContainsKey($"training_{trainer.Metric}"), string.Join(", ", run.Data.Metrics.Keys));
        Assert.True(run.Data.Metrics.ContainsKey($"validation_{trainer.Metric}"));
        if (trainer.Iteration is null)
            return;
        var steps = Client.GetMetricHistory(run.Info.RunId, trainer.Iteration).Select(point => point.Step).ToList();
        Assert.NotEmpty(steps);
        Assert.Equal(steps.Order().Distinct(), steps);
    }

    private void RequireModel(TrainerCase trainer, Run run, ITransformer model)
    {
        var folder = Client.DownloadArtifacts(run.Info.RunId, "model");
        var loaded = MLNetFlavor.LoadModel(Context, folder);
        Assert.Equal(Scores(model), Scores(loaded));
        var description = File.ReadAllText(Path.Combine(folder, "MLmodel"));
        Assert.Equal(trainer.IsOnnx, File.Exists(Path.Combine(folder, "model.onnx")));
        Assert.Equal(trainer.IsOnnx, description.Contains("loader_module: mlflow.onnx", StringComparison.Ordinal));
        Assert.Equal(!trainer.IsOnnx, description.Contains("no_onnx_because: ", StringComparison.Ordinal));
        if (trainer.IsOnnx)
            RequireOnnx(Path.Combine(folder, "model.onnx"), Scores(model));

        float[] Scores(ITransformer of)
        {
            var scored = of.Transform(Validation);
            return scored.Schema["Score"].Type is VectorDataViewType ? [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)] : [.. scored.GetColumn<float>("Score")];
        }
    }

    /// <summary>Scores the rows with ONNX Runtime: from the features alone, and to the same.</summary>
    private void RequireOnnx(string file, float[] expected)
    {
        using var session = new InferenceSession(file);
        var features = Validation.GetColumn<float[]>("Features").ToList();
        if (session.InputMetadata.Keys.Single() == "IsTall")
            return; // What is always the same needs no features.
        Assert.Equal(["Features"], session.InputMetadata.Keys);
        var input = OrtValue.CreateTensorValueFromMemory(features.SelectMany(row => row).ToArray(), [features.Count, 3]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["Features"], [input], ["Score.output"]);
        Assert.All(outputs[0].GetTensorDataAsSpan<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f * Math.Max(1, Math.Abs(pair.Second))));
        Assert.Equal(expected.Length, outputs[0].GetTensorTypeAndShape().ElementCount);
    }

    private void RequireImportance(TrainerCase trainer, Run run)
    {
        var files = Client.ListArtifacts(run.Info.RunId).Select(file => file.Path).Where(path => path.StartsWith("feature_importance", StringComparison.Ordinal));
        if (!trainer.HasTrees)
        {
            Assert.Empty(files);
            return;
        }

        Assert.Equal(["feature_importance_gain.json", "feature_importance_gain.svg", "feature_importance_split.json", "feature_importance_split.svg"], files);
        foreach (var kind in (string[])["split", "gain"])
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(Client.DownloadArtifacts(run.Info.RunId, $"feature_importance_{kind}.json")))!;
            Assert.Equal(["Column_0", "Column_1", "Column_2"], values.Keys);
            Assert.True(values.Values.Sum() > 0);
            Assert.All(values.Values, value => Assert.True(value >= 0));
            var drawn = XDocument.Parse(File.ReadAllText(Client.DownloadArtifacts(run.Info.RunId, $"feature_importance_{kind}.svg")));
            Assert.Contains(drawn.Descendants(), element => element.Value == "Column_1");
        }
    }

    private EstimatorChain<ITransformer> Pipeline(IEstimator<ITransformer> trainer) =>
        Context.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(Context.Transforms.Conversion.MapValueToKey("Group", "IsTall")).Append(trainer);
}
