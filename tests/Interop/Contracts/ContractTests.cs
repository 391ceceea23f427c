using System.Text.Json.Nodes;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using NotebookTestRunner.Checks;

namespace Interop.Contracts;

/// <summary>
/// A Python notebook logs with the real MLflow; what its contract says is judged by the runner, which reads the store with our client, and by the
/// real MLflow. Both must come to the same.
/// </summary>
public sealed class ContractTests : IDisposable
{
    private const string Logging =
        """
        import mlflow
        mlflow.set_experiment("first-steps")
        with mlflow.start_run(run_name="three epochs") as run:
            mlflow.log_params({"optimizer": "Adam", "epochs": 3, "rate": 1e-3})
            for step, (loss, accuracy) in enumerate([(0.25, 0.93), (0.11, 0.96), (0.07, 0.9735)]):
                mlflow.log_metrics({"loss": loss, "val_accuracy": accuracy}, step=step)
            mlflow.set_tag("purpose", "first steps")
            mlflow.log_text("quick", "remark.txt")
            mlflow.log_text("<svg/>", "charts/loss.svg")
            for rate in (1, 2):
                with mlflow.start_run(run_name=f"rate {rate}", nested=True):
                    mlflow.log_param("rate", rate)
        client = mlflow.MlflowClient()
        client.create_registered_model("reader", tags={"task": "digits"})
        for source in ("a", "b"):
            client.create_model_version("reader", f"{run.info.artifact_uri}/{source}", run_id=run.info.run_id)
        client.set_registered_model_alias("reader", "champion", "2")
        """;

    private readonly TemporaryFolder _folder = new();

    private const string Kept =
        """
        notebook:
          experiments: 1
          runs:
            new: exactly 3
            named:
              three epochs:
                experiment: first-steps
                status: FINISHED
                parent: none
                parameters: {optimizer: [Adam, AdamW], epochs: 3, rate: 0.001}
                metrics: {loss: {value: below 0.1, points: 3, last-step: 2}, val_accuracy: 0.97 ±0.01}
                tags: {purpose: first steps}
                artifacts: [remark.txt, charts/*.svg]
                nothing-else: [parameters, metrics, tags]
              rate *: {count: 2, parent: three epochs, parameters: {rate: 1 to 2}}
          registered-models: {new: 1, named: {reader: {versions: 2, aliases: {champion: {version: 2, run: three epochs}}, tags: {task: digits}}}}
        """;

    private const string Broken =
        """
        notebook:
          experiments: 2
          runs:
            new: at most 2
            named:
              tree epochs:
              rate *: {count: 3, parent: none}
              three epochs:
                experiment: other
                status: FAILED
                parent: rate 1
                parameters: {optimizer: Adagrad, epochs: at least 4, rate: 0.1 to 1, epoch: 3}
                metrics: {val_accuracy: {value: 0.95 ±0.01, last-step: 3}, loss: {points: 2}, val_acc: any}
                tags: {note: any}
                artifacts: [charts/*.png, remark.txt]
                nothing-else: [tags]
          registered-models:
            new: none
            named:
              raeder:
              reader: {versions: 1, aliases: {champion: 1, winner: any}, tags: {task: words}}
        """;

    private static readonly string[] BrokenSubjects =
    [
        "experiments", "registered model raeder", "registered model reader: alias champion", "registered model reader: alias winner", "registered model reader: tag task",
        "registered model reader: versions", "registered-models", "run rate *", "run rate 1: parent", "run rate 2: parent", "run three epochs: artifact charts/*.png",
        "run three epochs: experiment", "run three epochs: metric loss, points", "run three epochs: metric val_acc", "run three epochs: metric val_accuracy",
        "run three epochs: metric val_accuracy, last step", "run three epochs: parameter epoch", "run three epochs: parameter epochs", "run three epochs: parameter optimizer",
        "run three epochs: parameter rate", "run three epochs: parent", "run three epochs: status", "run three epochs: tag note", "run three epochs: tags", "run tree epochs", "runs",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_client_and_the_real_MLflow_find_the_same_broken(bool isKept)
    {
        var python = PythonEnvironment.Require();
        var file = _folder.Combine("lesson.contract.yml");
        await File.WriteAllTextAsync(file, isKept ? Kept : Broken, TestContext.Current.CancellationToken);

        var ours = await RunAsync(python, _folder.FullName, Logging);
        var theirs = await python.RunAsync("check_contract", PythonEnvironment.NewestMlflow, _folder.TrackingUri, file);

        string[] expected = isKept ? [] : BrokenSubjects;
        Assert.Equal(Verdict.Passed, ours.Cells[0].Verdict);
        Assert.Equal(expected, ours.Findings.Select(finding => Subject(finding.Message)).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(expected, theirs.AsArray().Select(subject => (string)subject!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_Python_kernel_is_asked_about_its_environment_and_its_prose()
    {
        var python = PythonEnvironment.Require();
        var folder = Directory.CreateDirectory(_folder.Combine("work")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "lesson.contract.yml"),
            "cells:\n  1: {environment: unchanged, working-folder: unchanged}\n  2: {environment: unchanged}\n  3: {working-folder: unchanged}\n  4: {processes: ended, files: {created: out.csv}}",
            TestContext.Current.CancellationToken);
        var result = await RunAsync(
            python, folder, "x = 97.831", "import os\nos.environ['SPILLED'] = '1'", "os.mkdir('sub')\nos.chdir('sub')", "os.chdir('..')\nopen('out.csv', 'w').write('a')\nNone",
            "# 97.8 %<!-- claim: x -->, **Adam**<!-- claim: 'Adam' -->, 98<!-- claim: x exactly -->");

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Passed], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains("SPILLED was set", Assert.Single(result.Cells[1].Findings).Message);
        Assert.Contains("working-folder", Assert.Single(result.Cells[2].Findings).Message);
        Assert.Contains("The text says \"98\", and the claim \"x exactly\" gives 97.831", Assert.Single(result.Findings).Message);
    }

    // All up to what is expected: "run three epochs: metric loss, points: exactly 2 expected, 3 found".
    private static string Subject(string message)
    {
        var parts = message.Split(": ");
        var isOwned = parts[0].StartsWith("run ", StringComparison.Ordinal) || parts[0].StartsWith("registered model ", StringComparison.Ordinal);
        return isOwned && parts.Length > 2 ? $"{parts[0]}: {parts[1]}" : parts[0];
    }

    private static async Task<NotebookResult> RunAsync(PythonEnvironment python, string folder, params string[] cells)
    {
        var kernels = Path.Combine(folder, ".jupyter");
        KernelSpecStore.Install("real-python", new KernelSpec { Argv = [python.Executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], DisplayName = "Python", Language = "python" }, kernels);
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((source, i) => Cell(source, i))]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "Python", ["language"] = "python", ["name"] = "real-python" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        var path = Path.Combine(folder, "lesson.ipynb");
        await File.WriteAllTextAsync(path, notebook.ToJsonString(), TestContext.Current.CancellationToken);
        var options = new RunOptions
        {
            KernelSpecDirectories = [kernels],
            Mode = ComparisonMode.Lax,
            Checks = NotebookChecks.Default,
            EnvironmentVariables = new Dictionary<string, string>
            {
                ["MLFLOW_TRACKING_URI"] = $"sqlite:///{folder}/mlflow.db",
                ["MLFLOW_DISABLE_TELEMETRY"] = "true",
                ["GIT_PYTHON_REFRESH"] = "quiet",
                ["IPYTHONDIR"] = kernels,
            },
        };
        return await new NotebookRunner(options).RunAsync(path, progress: null, TestContext.Current.CancellationToken);
    }

    private static JsonObject Cell(string source, int number)
    {
        var isText = source.StartsWith("# ", StringComparison.Ordinal);
        var cell = new JsonObject { ["cell_type"] = isText ? "markdown" : "code", ["id"] = $"cell-{number}", ["metadata"] = new JsonObject(), ["source"] = source };
        if (isText) return cell;
        cell["execution_count"] = null;
        cell["outputs"] = new JsonArray();
        return cell;
    }
}
