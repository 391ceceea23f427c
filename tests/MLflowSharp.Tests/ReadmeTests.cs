using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MLflowSharp.Tests.Fluent;

namespace MLflowSharp.Tests;

/// <summary>The snippets of the client's README, run; and that they are the same.</summary>
public sealed partial class ReadmeTests : FluentTest
{
    [Fact]
    public void Track_a_run()
    {
        Mlflow.SetExperiment("digits");
        using (var run = Mlflow.StartRun("first try"))
        {
            Mlflow.LogParam("learning_rate", 0.01);
            for (var epoch = 0; epoch < 3; epoch++)
                Mlflow.LogMetric("loss", 1.0 / (epoch + 1), epoch);
            Mlflow.SetTag("reader", "me");
            Mlflow.LogText("It went well.", "notes.txt");
        }

        var best = Mlflow.SearchRuns(filter: "metrics.loss < 0.5", orderBy: ["metrics.loss ASC"])[0];

        Assert.Equal(("first try", "0.01", 1.0 / 3), (best.Info.RunName, best.Data.Params["learning_rate"], best.Data.Metrics["loss"]));
    }

    [Fact]
    public void Keep_a_model()
    {
        string runId;
        using (var run = Mlflow.StartRun())
        {
            runId = run.RunId;
            Mlflow.LogText("flavors: {}", "model/MLmodel");
        }

        Environment.SetEnvironmentVariable("MLFLOW_TRACKING_URI", Folder.TrackingUri);
        try
        {
            Mlflow.RegisterModel($"runs:/{runId}/model", "digits");
            var client = new MlflowClient();
            client.SetRegisteredModelAlias("digits", "champion", "1");

            var champion = client.GetModelVersionByAlias("digits", "champion");
            var folder = Mlflow.Artifacts.DownloadArtifacts("models:/digits@champion");

            Assert.Equal(runId, champion.RunId);
            Assert.True(File.Exists(Path.Combine(folder, "MLmodel")));
            client.Dispose();
        }
        finally
        {
            Environment.SetEnvironmentVariable("MLFLOW_TRACKING_URI", null);
        }
    }

    [Fact]
    public void The_README_shows_these_tests()
    {
        var tests = Lines(File.ReadAllText(ThisFile()));
        var snippets = Snippet().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(3, snippets.Count);
        Assert.All(snippets.SelectMany(Lines).Where(line => line != "Mlflow.Doctor();"), line => Assert.Contains(line, tests));
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
