using System.Globalization;
using System.Text.Json;
using MLflowSharp;
using MLflowSharp.Projects;

namespace Interop.Projects;

/// <summary>A project whose program is Python's, run by this client and by the real <c>mlflow run</c>.</summary>
public sealed class PythonProjectTests : IDisposable
{
    private const string Training =
        """
        import sys
        import mlflow
        with mlflow.start_run():
            for step in range(3):
                mlflow.log_metric("loss", float(sys.argv[1]) / (step + 1), step=step)
            mlflow.log_text("done", "notes.txt")
        """;

    // What each says of itself, of where it was, and when.
    private static readonly string[] Own = ["mlflow.source.name", "mlflow.runName", "mlflow.user"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Both_record_the_same_of_a_Python_program()
    {
        var python = PythonEnvironment.Require();
        var project = Directory.CreateDirectory(_folder.Combine("project")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(project, "MLproject"), $"name: trained\nentry_points:\n  main:\n    parameters: {{lr: {{type: float, default: 0.5}}}}\n    command: \"{python.Executable} train.py {{lr}}\"\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(project, "train.py"), Training, Stop);
        using var client = new MlflowClient(_folder.TrackingUri, new MlflowClientOptions { DefaultArtifactRoot = _folder.Combine("mlruns") });

        var ours = await MlflowProjects.RunAsync(
            project, new ProjectRunOptions { ExperimentId = "0", Parameters = new Dictionary<string, string> { ["lr"] = "0.25" }, Output = TextWriter.Null, Tell = _ => { } }, client, Stop);
        var answer = await PythonEnvironment.RunAsync("run_project", PythonEnvironment.NewestMlflow, python.Command(
            PythonEnvironment.NewestMlflow, [PythonEnvironment.Script("run_project"), _folder.TrackingUri, project, JsonSerializer.Serialize(new { lr = "0.25" })]));
        var theirs = await client.GetRunAsync(answer["run_id"]!.GetValue<string>(), Stop);

        Assert.Equal(await ContentsAsync(client, theirs), await ContentsAsync(client, ours));
        Assert.Equal([0.25, 0.125, 0.25 / 3], (await client.GetMetricHistoryAsync(ours.Info.RunId, "loss", Stop)).Select(point => point.Value));
        // The client also keeps what the program said.
        Assert.Equal(["logs", "notes.txt"], (await client.ListArtifactsAsync(ours.Info.RunId, cancellationToken: Stop)).Select(file => file.Path));
    }

    private static async Task<string> ContentsAsync(MlflowClient client, Run run)
    {
        var points = await client.GetMetricHistoryAsync(run.Info.RunId, "loss", Stop);
        return string.Join('\n',
        [
            run.Info.Status.ToString(),
            .. run.Data.Params.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} = {each.Value}"),
            .. run.Data.Tags.Where(each => !Own.Contains(each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} = {each.Value}"),
            .. points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Step}: {point.Value}")),
        ]);
    }
}
