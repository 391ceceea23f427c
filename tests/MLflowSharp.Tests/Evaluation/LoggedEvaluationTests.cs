using MLflowSharp.Tests.Fluent;
using MLflowSharp.Tests.Models.Loading;

namespace MLflowSharp.Tests.Evaluation;

public sealed class LoggedEvaluationTests : FluentTest
{
    private static readonly int[] Targets = [0, 1, 1];

    [Fact]
    public void An_evaluation_is_logged_with_its_figures_and_tables()
    {
        using var model = EchoFlavor.Load(Path.Combine(Folder.FullName, "model"), null);
        using var run = Mlflow.StartRun();

        var result = Mlflow.Evaluate(model, new[,] { { 0.9f, 0.1f }, { 0.8f, 0.2f }, { 0.3f, 0.7f } }, Targets, new() { Prefix = "test_" });

        run.Client.Flush();
        Assert.Equal(result.Metrics["test_accuracy_score"], run.Client.GetRun(run.RunId).Data.Metrics["test_accuracy_score"]);
        Assert.Equal(
            ["test_calibration_curve_plot.svg", "test_confusion_matrix.json", "test_confusion_matrix.svg", "test_per_class_metrics.csv", "test_worst_mistakes.json"],
            run.Client.ListArtifacts(run.RunId).Select(file => file.Path));
        var table = run.Client.LoadTable(run.Info.ExperimentId, "test_worst_mistakes.json");
        Assert.Equal([1L, "1", "0", 0.8], table.Rows.Single().Take(3).Append(Math.Round((double)table.Rows.Single()[3]!, 6)));
        Assert.StartsWith(
            "positive_class,true_negatives,false_positives,false_negatives,true_positives,recall_score,precision_score,f1_score\n0,1,1,0,1,1,0.5,0.6666666666666666\n",
            File.ReadAllText(run.Client.DownloadArtifacts(run.RunId, "test_per_class_metrics.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_on_images_are_kept_as_pictures()
    {
        using var model = EchoFlavor.Load(Path.Combine(Folder.FullName, "model"), null);
        using var run = Mlflow.StartRun();
        var images = new float[2, 64];
        images[0, 5] = 1;
        images[1, 7] = 2;

        var result = Mlflow.Evaluate(model, images, new[] { 6, 7 }, new() { Classes = [.. Enumerable.Range(0, 64).Select(index => index.ToString(System.Globalization.CultureInfo.InvariantCulture))] });

        var mistake = Assert.Single(result.WorstMistakes);
        Assert.Equal((0, "6", "5", 8, 8), (mistake.Row, mistake.Target, mistake.Prediction, mistake.Image!.Width, mistake.Image.Height));
        Assert.Contains("image", run.Client.LoadTable(run.Info.ExperimentId, "worst_mistakes.json").Columns);
    }

    [Fact]
    public void A_better_challenger_gets_the_alias_only_when_that_is_asked_for()
    {
        using var client = Folder.NewClient();
        ModelFlavors.Register(new EchoFlavor());
        ModelFlavors.Register(new ConstantFlavor());
        Register("constant");
        Register("echo");
        var rows = new double[30, 2];
        var targets = new int[30];
        for (var row = 0; row < 30; row++)
            (rows[row, row % 2], targets[row]) = (1, row % 2);

        Assert.Equal("No version of 'digits' is champion yet, so that version 1 has nobody to beat.", client.CompareWithChampion("models:/digits/1", rows, targets, promote: true).Reason);
        var asked = client.CompareWithChampion("models:/digits/2", rows, targets);
        Assert.Equal((true, false, "1"), (asked.IsBetter, asked.Moved, client.GetModelVersionByAlias("digits", "champion").Version));
        var promoted = client.CompareWithChampion("models:/digits/2", rows, targets, promote: true);
        Assert.Equal((true, "2"), (promoted.Moved, client.GetModelVersionByAlias("digits", "champion").Version));
        Assert.False(client.CompareWithChampion("models:/digits/1", rows, targets, promote: true).Moved);
    }

    private static void Register(string flavor)
    {
        using var run = Mlflow.StartRun();
        var logged = Mlflow.LogModel(runId => new(
            new() { ArtifactPath = "model", RunId = runId, Flavors = new() { [flavor] = new System.Text.Json.Nodes.JsonObject() }, TimeCreated = DateTimeOffset.UnixEpoch },
            new Dictionary<string, byte[]>()));
        Mlflow.RegisterModel(logged.ModelUri!, "digits");
    }

    /// <summary>A flavor whose models always say the first class.</summary>
    private sealed class ConstantFlavor : IModelFlavor, IModelScorer
    {
        public string Name => "constant";

        public IModelScorer Load(string directory, Model description) => this;

        public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters) =>
            ModelTensor.Of(Enumerable.Range(0, data.RowCount * 2).Select(index => index % 2 == 0 ? 1.0 : 0).ToArray(), data.RowCount, 2);

        public void Dispose()
        {
        }
    }
}
