using MLflowSharp;
using Tutorial.Helpers;

namespace Interop.Stores;

/// <summary>One of everything that our client can log.</summary>
internal static class SampleStore
{
    public const string Experiment = "digits: äöå ✓";

    /// <summary>Creates a database for an MLflow version and fills it.</summary>
    /// <param name="folder">Where the database and its artifacts go.</param>
    /// <param name="databaseVersion">One that our client offers: 2.15, 2.22, 3.3 or 3.17.</param>
    /// <param name="trackingUri">Where the store is; null for the folder's database.</param>
    /// <returns>The identifier of the run <c>parent</c>, which has the most.</returns>
    public static string Write(TemporaryFolder folder, string databaseVersion, string? trackingUri = null)
    {
        using var client = new MlflowClient(
            trackingUri ?? folder.TrackingUri, new() { DatabaseVersion = databaseVersion, DefaultArtifactRoot = folder.Combine("arti facts") });
        var experiment = client.CreateExperiment(Experiment, tags: new Dictionary<string, string> { ["course"] = "mnist" });
        client.DeleteExperiment(client.CreateExperiment("deleted"));

        var parent = client.CreateRun(experiment, tags: new Dictionary<string, string> { ["mlflow.note.content"] = "A *note*." }, runName: "parent").Info.RunId;
        WriteMetrics(client, parent);
        client.LogParam(parent, "optimizer", "adam");
        client.LogParam(parent, "layers", new[] { 128, 64 });
        client.LogParam(parent, "long", new string('x', 6000));
        client.LogInputs(parent, [
            new(new("mnist", "6bbc9ace", "local", """{"uri": "data/mnist"}""", """{"mlflow_tensorspec": {}}""", """{"num_rows": 60000}"""), [new("mlflow.data.context", "train")]),
            new(new("noise", "00000000", "code", "{}"), []),
        ]);
        WriteArtifacts(client, parent, folder);
        client.SetTerminated(parent);

        var nested = new Dictionary<string, string> { ["mlflow.parentRunId"] = parent };
        foreach (var status in (RunStatus[])[RunStatus.Finished, RunStatus.Failed, RunStatus.Killed])
        {
            var child = client.CreateRun(experiment, tags: nested, runName: $"child {status}").Info.RunId;
            client.LogMetric(child, "accuracy", 0.1 * (int)status);
            client.SetTerminated(child, status);
        }

        client.UpdateRun(client.CreateRun(experiment, runName: "scheduled").Info.RunId, RunStatus.Scheduled);
        client.CreateRun(experiment, runName: "still running");
        client.DeleteRun(client.CreateRun("0", runName: "deleted run").Info.RunId);
        return parent;
    }

    private static void WriteMetrics(MlflowClient client, string run)
    {
        const long Start = 1700000000000;
        for (var step = 0; step < 10; step++)
        {
            client.LogBatch(run, [new("loss", 1.0 / (step + 1), Start + step, step), new("accuracy", 0.9 + step / 100.0, Start + step, step)]);
        }

        client.LogBatch(run, [
            new("odd", double.NaN, Start, 0),
            new("odd", double.PositiveInfinity, Start, 1),
            new("odd", double.NegativeInfinity, Start, 2),
            new("odd", 1e300, Start, 3),
            new("odd", 5e-324, Start, 4),
            new("odd", 0.1, Start, -5),
            new("same step twice", 1, Start, 7),
            new("same step twice", 2, Start, 7),
            new("same step twice", 3, Start + 1, 7),
            new("ends with nan", 1, Start, 0),
            new("ends with nan", double.NaN, Start, 1),
        ]);
    }

    private static void WriteArtifacts(MlflowClient client, string run, TemporaryFolder folder)
    {
        client.LogText(run, "ä✓\n", "notes/readme.txt");
        client.LogDict(run, new { a = new object?[] { 1, 2.5, null }, b = new { c = "d" } }, "config.json");
        client.LogDict(run, new { a = new object?[] { 1, 2.5, null }, b = new { c = "yes" } }, "config.yaml");
        client.LogFigure(run, Figures.Network(784, 128, 64, 10), "figures/network.svg");
        client.LogFigure(run, Figures.Network(784, 128, 64, 10), "figures/network.png");
        Directory.CreateDirectory(folder.Combine("data/inner"));
        File.WriteAllBytes(folder.Combine("data/bytes.bin"), [0, 255, 128, 10, 13]);
        File.WriteAllText(folder.Combine("data/inner/name with space.txt"), "x");
        client.LogArtifact(run, folder.Combine("data/bytes.bin"), "single");
        client.LogArtifacts(run, folder.Combine("data"), "whole");
    }
}
