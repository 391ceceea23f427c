using MLflowSharp;
using NotebookTestRunner.Checks.Contracts;

namespace NotebookTestRunner.Tests.Checks.Contracts.Store;

public sealed class StoreContractTests : ContractTest
{
    // What these tests log is there at once.
    public StoreContractTests() => Patience = TimeSpan.Zero;

    [Theory]
    [InlineData("runs: 3")]
    [InlineData("runs: {new: 2 to 3}")]
    [InlineData("experiments: 1")]
    [InlineData("experiments: [first-steps]")]
    [InlineData("experiments: {new: exactly 1, named: [first-steps]}")]
    [InlineData("registered-models: 1")]
    [InlineData("registered-models: {new: 1, new-versions: 2, named: {reader: 2}}")]
    [InlineData("runs: {named: {three epochs: , 'rate *': 2}}")]
    [InlineData("runs: {named: {three epochs: {count: 1, experiment: first-steps, status: FINISHED, parent: none}, 'rate *': {status: RUNNING, parent: three epochs}}}")]
    [InlineData("runs: {named: {three epochs: {parameters: {epochs: 3, optimizer: [Adam, Adagrad], rate: 0.0001 to 0.01, missing: absent}}}}")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_accuracy: 0.97 ±0.02, val_loss: {value: below 0.2, min: 0.1, max: 0.3, points: 3, last-step: 2}, absent: absent}}}}")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_loss: {from: 0, to: 0.2}, val_accuracy: {equals: 0.97, within: 2 %}}}}}")]
    [InlineData("runs: {named: {three epochs: {tags: {purpose: first steps}, nothing-else: [parameters, metrics, tags, inputs, artifacts, logged-models], parameters: {epochs: any, optimizer: any, rate: any}, metrics: {val_accuracy: any, val_loss: any}, inputs: [mnist], artifacts: [charts/*.svg, remark.txt]}}}")]
    [InlineData("runs: {named: {three epochs: {inputs: [{name: mnist, context: training, digest: abc}]}}}")]
    [InlineData("runs: {named: {three epochs: {artifacts: [{remark.txt: {contains: quick, max-size: 20}}, {'**': 2}]}}}")]
    [InlineData("runs: {named: {three epochs: {logged-models: none}}}")]
    [InlineData("registered-models: {named: {reader: {versions: 2, aliases: {champion: 1, newest: {version: 2, run: three epochs, tags: {checked: yes}}}, latest: {version: 2, run: three epochs}, tags: {task: digits}, nothing-else: [aliases, tags]}}}")]
    [InlineData("registered-models: {named: {reader: {aliases: {old: absent}}}}")]
    [InlineData("runs: {named: {three epochs: {experiment: {matches: ^first}, parameters: {optimizer: {contains: da}, epochs: {one-of: [1, 3]}}}}}")]
    public async Task What_the_store_holds_as_promised_satisfies(string terms) => Assert.Empty(await JudgeAsync(terms, Log));

    [Theory]
    [InlineData("runs: exactly 2", "runs: exactly 2 new expected, 3 found: rate 1, rate 2, three epochs")]
    [InlineData("runs: none", "runs: none new expected, 3 found")]
    [InlineData("experiments: none", "experiments: none new expected, 1 found: first-steps")]
    [InlineData("experiments: [first-step]", "experiment first-step: not there; there are first-steps, ")]
    [InlineData("registered-models: none", "registered-models: none new expected, 1 found: reader")]
    [InlineData("registered-models: {new-versions: 1}", "versions of registered models: exactly 1 new expected, 2 found: reader 1, reader 2")]
    [InlineData("registered-models: {named: {raeder: }}", "registered model raeder: not there; there is reader")]
    [InlineData("registered-models: {named: {reader: 3}}", "reader: versions: exactly 3 expected, 2 found: 1, 2")]
    [InlineData("registered-models: {named: {reader: {aliases: {champion: 2}}}}", "alias champion: version 2 expected, version 1 found \\(of run three epochs\\)")]
    [InlineData("registered-models: {named: {reader: {aliases: {champion: {run: rate 1}}}}}", "alias champion: from run rate 1 expected, version 1 is from three epochs")]
    [InlineData("registered-models: {named: {reader: {aliases: {winner: any}}}}", "alias winner: not there; there are .*champion \\(version 1\\)")]
    [InlineData("registered-models: {named: {reader: {aliases: {champion: absent}}}}", "alias champion: version no value expected, version 1 found")]
    [InlineData("registered-models: {named: {reader: {aliases: {newest: {tags: {checked: no}}}}}}", "alias newest: tag checked: no expected, yes found")]
    [InlineData("registered-models: {named: {reader: {latest: 1}}}", "newest version: version 1 expected, version 2 found")]
    [InlineData("registered-models: {named: {reader: {tags: {task: words}}}}", "tag task: words expected, digits found")]
    [InlineData("registered-models: {named: {reader: {tags: {tusk: any}}}}", "tag tusk: not there, any value expected; there is task")]
    [InlineData("registered-models: {named: {reader: {aliases: {champion: any}, nothing-else: aliases}}}", "aliases: nothing else expected, and there is newest")]
    [InlineData("registered-models: {named: {reader: {nothing-else: [tags]}}}", "tags: nothing else expected, and there is task")]
    [InlineData("runs: {named: {tree epochs: }}", "run tree epochs: not there; of runs that are new, there are three epochs")]
    [InlineData("runs: {named: {'rate *': 3}}", "run rate \\*: exactly 3 new expected, 2 found")]
    [InlineData("runs: {named: {three epochs: {experiment: other}}}", "run three epochs: experiment: other expected, first-steps found")]
    [InlineData("runs: {named: {rate 1: {status: FINISHED}}}", "status: FINISHED expected, RUNNING found")]
    [InlineData("runs: {named: {rate 1: {parent: none}}}", "parent: no value expected, three epochs found")]
    [InlineData("runs: {named: {three epochs: {parent: rate 1}}}", "parent: rate 1 expected, none found")]
    [InlineData("runs: {named: {three epochs: {parameters: {epochs: 4}}}}", "parameter epochs: 4 expected, 3 found")]
    [InlineData("runs: {named: {three epochs: {parameters: {optimizer: [Adagrad, SGD]}}}}", "parameter optimizer: one of Adagrad, SGD expected, Adam found")]
    [InlineData("runs: {named: {three epochs: {parameters: {epoch: 3}}}}", "parameter epoch: not there, 3 expected; there are epochs, ")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_acc: any}}}}", "metric val_acc: not there, any value expected; there are val_accuracy, val_loss")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_accuracy: 0.9 ±0.02}}}}", "metric val_accuracy: 0.9 ±0.02 expected, 0.9765 found")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_loss: {points: 4}}}}}", "metric val_loss, points: exactly 4 expected, 3 found")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_loss: {last-step: 3}}}}}", "metric val_loss, last step: 3 expected, 2 found")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_loss: {min: 0.05}}}}}", "metric val_loss, lowest value: 0.05 expected, 0.1 found")]
    [InlineData("runs: {named: {three epochs: {metrics: {val_loss: {max: below 0.3}}}}}", "metric val_loss, highest value: below 0.3 expected, 0.3 found")]
    [InlineData("runs: {named: {three epochs: {tags: {purpose: other}}}}", "tag purpose: other expected, first steps found")]
    [InlineData("runs: {named: {three epochs: {inputs: [{name: mnist, context: eval}]}}}", "input with name mnist, context eval: not there; there is mnist \\(context training, digest abc\\)")]
    [InlineData("runs: {named: {three epochs: {inputs: [mnist, mnist]}}}", "input with name mnist: not there")]
    [InlineData("runs: {named: {three epochs: {artifacts: [chart.svg]}}}", "artifact chart.svg: not there; there are .*charts/loss.svg")]
    [InlineData("runs: {named: {three epochs: {artifacts: [{'**': 3}]}}}", "artifact \\*\\*: exactly 3 expected, 2 found")]
    [InlineData("runs: {named: {three epochs: {artifacts: [{remark.txt: {contains: slow}}]}}}", "artifact remark.txt is expected to hold something with \"slow\" in it; it begins with \"quick\"")]
    [InlineData("runs: {named: {three epochs: {artifacts: [{remark.txt: {min-size: 6}}]}}}", "artifact remark.txt has 5 bytes")]
    [InlineData("runs: {named: {three epochs: {logged-models: [model]}}}", "logged model model: not there; there is none")]
    [InlineData("runs: {named: {three epochs: {logged-models: 1}}}", "logged-models: exactly 1 expected, 0 found")]
    [InlineData("runs: {named: {three epochs: {nothing-else: [parameters], parameters: {epochs: any}}}}", "parameters: nothing else expected, and there is optimizer, rate")]
    [InlineData("runs: {named: {three epochs: {nothing-else: [metrics], metrics: {val_loss: any}}}}", "metrics: nothing else expected, and there is val_accuracy")]
    [InlineData("runs: {named: {three epochs: {nothing-else: [tags]}}}", "tags: nothing else expected, and there is purpose")]
    [InlineData("runs: {named: {three epochs: {nothing-else: [inputs]}}}", "inputs: nothing else expected, and there is mnist")]
    [InlineData("runs: {named: {three epochs: {nothing-else: [artifacts], artifacts: [remark.txt]}}}", "artifacts: nothing else expected, and there is charts/loss.svg")]
    public async Task What_the_store_does_not_hold_as_promised_is_named(string terms, string why) => Assert.Matches(why, Assert.Single(await JudgeAsync(terms, Log)));

    [Fact]
    public async Task Only_what_is_new_counts_unless_it_is_continued()
    {
        Log();

        Assert.Empty(await JudgeAsync("runs: none\nexperiments: none\nregistered-models: {new: none, new-versions: none}", () => { }));
        Assert.Contains("say \"continued: true\"", Assert.Single(await JudgeAsync("runs: {named: {three epochs: }}", () => { })));
        Assert.Empty(await JudgeAsync("runs: {named: {three epochs: {continued: true, tags: {later: yes}}}}", () =>
        {
            using var client = Client();
            client.SetTag(client.SearchRuns(["1"], "attributes.run_name = 'three epochs'")[0].Info.RunId, "later", "yes");
        }));
        Assert.Contains("that is new", Assert.Single(await JudgeAsync("runs: {named: {late: {continued: true}}}", () =>
        {
            using var client = Client();
            client.CreateRun("1", runName: "late");
        })));
    }

    [Fact]
    public async Task A_logged_model_of_the_run_counts_and_a_version_made_of_it_is_of_the_run()
    {
        var effect = () =>
        {
            using var client = Client();
            var experiment = client.CreateExperiment("first-steps");
            var run = client.CreateRun(experiment, runName: "maker").Info.RunId;
            var other = client.CreateRun(experiment, runName: "other").Info.RunId;
            client.CreateLoggedModel(experiment, "elsewhere", other);
            var model = client.CreateLoggedModel(experiment, "net", run);
            client.CreateRegisteredModel("reader");
            client.CreateModelVersion("reader", Folder.File("model"), modelId: model.ModelId);
        };

        Assert.Empty(await JudgeAsync("runs: {named: {maker: {logged-models: [net], nothing-else: [logged-models]}}}\nregistered-models: {named: {reader: {latest: {run: maker}}}}", effect));
        File.Delete(Path.Combine(Work, "mlflow.db"));
        Assert.Equal(
            ["run maker: logged model not: not there; there is net", "run maker: logged-models: nothing else expected, and there is net", "registered model reader: newest version: from run other expected, version 1 is from maker"],
            (await JudgeAsync("runs: {named: {maker: {logged-models: [not], nothing-else: [logged-models]}}}\nregistered-models: {named: {reader: {latest: {run: other}}}}", effect)).Select(message => message.Split(" (")[0]));
    }

    [Fact]
    public async Task A_registered_model_without_versions_has_no_newest()
    {
        var messages = await JudgeAsync("registered-models: {named: {empty: {versions: 1, latest: 1}}}", () =>
        {
            using var client = Client();
            client.CreateRegisteredModel("empty");
        });

        Assert.Equal(["registered model empty: versions: exactly 1 expected, 0 found", "registered model empty: newest version: there is none"], messages.Select(message => message.Split(" (")[0]));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(201, "…")]
    public async Task A_long_value_is_told_by_its_beginning(int length, string end)
    {
        var message = Assert.Single(await JudgeAsync("runs: {named: {long: {parameters: {text: short, empty: any}}}}", () =>
        {
            using var client = Client();
            var run = client.CreateRun(client.CreateExperiment("e"), runName: "long").Info.RunId;
            client.LogParam(run, "text", new string('x', length));
            client.LogParam(run, "empty", "");
        }));

        Assert.StartsWith($"run long: parameter text: short expected, {new string('x', 200)}{end} found", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_logged_a_moment_later_counts()
    {
        Patience = ContractCheck.UsualPatience;
        using var client = Client();
        var run = client.CreateRun(client.CreateExperiment("e"), runName: "slow").Info.RunId;
        Task? later = null;

        Assert.Empty(await JudgeAsync("runs: {named: {slow: {continued: true, metrics: {loss: 1}}}}", () => later = Task.Run(async () =>
        {
            await Task.Delay(300, Token);
            client.LogMetric(run, "loss", 1);
        }, Token)));
        await later!;
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_empty_and_stays_away()
    {
        Assert.Contains("there is no store at sqlite:///", Assert.Single(await JudgeAsync("runs: 1", () => { })));
        Assert.Empty(await JudgeAsync("runs: none", () => { }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Work));
    }

    [Fact]
    public async Task The_contract_may_name_the_store_and_otherwise_the_environment_does()
    {
        Log(Folder.File("other.db"));

        Assert.Empty(Messages(await RunAsync("store: sqlite:///../other.db\ncells:\n  1:\n    runs: {named: {three epochs: {continued: true}}}", () => { }, "print one")));
        Folder.Write("lesson.contract.yml", "cells:\n  1:\n    runs: {named: {three epochs: {continued: true}}}");
        var options = Checked with { EnvironmentVariables = new Dictionary<string, string> { ["MLFLOW_TRACKING_URI"] = "sqlite:///../other.db" } };
        Assert.Empty(Messages(await RunAsync(options, Save("print one"), Token)));
    }

    [Fact]
    public async Task A_folder_of_files_is_a_store_as_well()
    {
        using (var client = new MlflowClient(Path.Combine(Work, "mlruns"))) client.CreateRun(client.CreateExperiment("old"), runName: "a");

        Assert.Empty(await JudgeAsync("runs: {new: 1, named: {b: {experiment: old}}}", () =>
        {
            using var client = new MlflowClient(Path.Combine(Work, "mlruns"));
            client.CreateRun(client.GetExperimentByName("old")!.ExperimentId, runName: "b");
        }));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_no_empty_one()
    {
        WriteFile("mlflow.db", new string('x', 5000));

        Assert.Contains("tracking store, which cannot be read", Assert.Single(await JudgeAsync("runs: none", () => { })));
    }

    private MlflowClient Client(string? database = null) =>
        new($"sqlite:///{database ?? Path.Combine(Work, "mlflow.db")}", new MlflowClientOptions { DefaultArtifactRoot = Folder.File("artifacts"), Journal = new JournalOptions { Enabled = false } });

    private void Log() => Log(null);

    private void Log(string? database)
    {
        using var client = Client(database);
        var experiment = client.CreateExperiment("first-steps");
        var run = client.CreateRun(experiment, runName: "three epochs").Info.RunId;
        client.LogMetric(run, "val_accuracy", 0.9765);
        foreach (var (step, loss) in new[] { 0.3, 0.2, 0.1 }.Index()) client.LogMetric(run, "val_loss", loss, step: step);
        client.LogParam(run, "optimizer", "Adam");
        client.LogParam(run, "epochs", 3);
        client.LogParam(run, "rate", 0.001);
        client.SetTag(run, "purpose", "first steps");
        client.LogInputs(run, [new DatasetInput(new Dataset("mnist", "abc", "local", "{}"), [new InputTag("mlflow.data.context", "training")])]);
        client.LogText(run, "quick", "remark.txt");
        client.LogText(run, "<svg/>", "charts/loss.svg");
        client.SetTerminated(run);
        foreach (var rate in new[] { "rate 1", "rate 2" }) client.CreateRun(experiment, tags: new Dictionary<string, string> { ["mlflow.parentRunId"] = run }, runName: rate);
        client.CreateRegisteredModel("reader", new Dictionary<string, string> { ["task"] = "digits" });
        client.CreateModelVersion("reader", Folder.File("model"), run);
        client.CreateModelVersion("reader", Folder.File("model"), run, new Dictionary<string, string> { ["checked"] = "yes" });
        client.SetRegisteredModelAlias("reader", "champion", "1");
        client.SetRegisteredModelAlias("reader", "newest", "2");
    }
}
