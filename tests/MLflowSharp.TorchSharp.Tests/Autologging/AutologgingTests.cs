using MLflowSharp.Onnx;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Autologging;

[Collection(nameof(OneAfterAnother))]
public sealed class AutologgingTests : IDisposable
{
    private static readonly FitOptions Options = new() { Epochs = 3, BatchSize = 16, ValidationSplit = 0.2, Progress = null, Seed = 3 };
    private readonly TrackingFolder _tracking = new();
    private readonly LabeledData _data = SyntheticData.Create();

    public void Dispose() => _tracking.Dispose();

    [Fact]
    public void Parameters_have_the_names_of_keras_autologging()
    {
        Mlflow.Autolog();

        Fit(optimizer: new Adam());

        Assert.Equivalent(
            new Dictionary<string, string>
            {
                ["epochs"] = "3", ["batch_size"] = "16", ["validation_split"] = "0.2", ["shuffle"] = "True", ["seed"] = "3",
                ["opt_name"] = "Adam", ["opt_learning_rate"] = "0.001", ["opt_beta_1"] = "0.9", ["opt_beta_2"] = "0.999",
                ["opt_epsilon"] = "1e-07", ["opt_amsgrad"] = "False",
            },
            _tracking.OnlyRun().Data.Params,
            strict: true);
    }

    [Fact]
    public void Metrics_are_those_of_each_epoch_at_steps_from_zero()
    {
        Mlflow.Autolog();

        var history = Fit();

        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], _tracking.OnlyRun().Data.Metrics.Keys.Order());
        Assert.Equal(history.Loss, Logged("loss"));
        Assert.Equal(history.Accuracy, Logged("accuracy"));
        Assert.Equal(history.ValidationLoss, Logged("val_loss"));
        Assert.Equal(history.ValidationAccuracy, Logged("val_accuracy"));

        IEnumerable<double> Logged(string key)
        {
            var points = _tracking.History(key);
            Assert.Equal([0, 1, 2], points.Select(point => point.Step));
            return points.Select(point => point.Value);
        }
    }

    [Fact]
    public void Metrics_can_be_watched_while_the_training_runs()
    {
        Mlflow.Autolog();
        var seen = new List<int>();
        var progress = new Recorder(report =>
        {
            if (report is { Epoch: > 0, Batch: 1 })
                seen.Add(_tracking.History("loss").Count);
        });

        Fit(Options with { Progress = progress });

        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void Of_every_two_epochs_the_second_is_logged_if_asked_for()
    {
        Mlflow.Autolog(logEveryNEpoch: 2);

        Fit(Options with { Epochs = 5 });

        Assert.Equal([1, 3], _tracking.History("val_loss").Select(point => point.Step));
    }

    [Fact]
    public void Without_validation_rows_nothing_is_said_about_validation()
    {
        Mlflow.Autolog();

        Fit(Options with { ValidationSplit = 0 });

        var run = _tracking.OnlyRun();
        Assert.Equal(["accuracy", "loss"], run.Data.Metrics.Keys.Order());
        Assert.Equal("train", Assert.Single(Assert.Single(run.Inputs.DatasetInputs).Tags).Value);
    }

    [Fact]
    public void The_datasets_are_inputs_of_the_run()
    {
        Mlflow.Autolog();

        new Trainer(Network(), new Adam()).Fit(
            _data with { Name = "digits", Source = "data/digits.gz" }, Options, TestContext.Current.CancellationToken);

        var inputs = _tracking.OnlyRun().Inputs.DatasetInputs.ToDictionary(input => input.Tags.Single().Value, input => input.Dataset);
        Assert.Equal(["eval", "train"], inputs.Keys.Order());
        Assert.All(inputs.Values, dataset => Assert.Equal(("digits", "local", """{"uri":"data/digits.gz"}"""), (dataset.Name, dataset.SourceType, dataset.Source)));
        Assert.Contains("\"features_shape\":[240,12]", inputs["train"].Profile, StringComparison.Ordinal);
        Assert.Contains("\"features_shape\":[60,12]", inputs["eval"].Profile, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_lists_the_layers()
    {
        Mlflow.Autolog();

        Fit();

        Assert.Contains("Total parameters: 371 (1.45 KiB)", File.ReadAllText(_tracking.Download("model_summary.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_logged_model_predicts_what_the_network_predicts()
    {
        Mlflow.Autolog(logInputExamples: true);
        using var network = Network();
        var trainer = new Trainer(network, new Adam { LearningRate = 0.01 });

        trainer.Fit(_data, Options, TestContext.Current.CancellationToken);

        var folder = _tracking.Download("model");
        using var model = OnnxModel.Load(folder);
        Assert.Equal([-1, 12], ((TensorSpec)model.Signature.Inputs[0]).Shape);
        Assert.All(
            trainer.Predict(_data.Inputs[..12]).Zip(model.Predict(_data.Inputs[..12])), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Contains("signature:", File.ReadAllText(Path.Combine(folder, "MLmodel")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "input_example.json")));
        var range = Assert.Single(Model.Load(folder).InputRanges);
        Assert.InRange(range.Minimum, _data.Inputs.ToArray().Min(), 0);
        Assert.InRange(range.Maximum, 1, _data.Inputs.ToArray().Max());
    }

    [Fact]
    public void Models_and_datasets_can_be_left_out()
    {
        Mlflow.Autolog(logModels: false, logDatasets: false);

        Fit();

        var run = _tracking.OnlyRun();
        Assert.Empty(run.Inputs.DatasetInputs);
        Assert.Equal(["model_summary.txt"], _tracking.Client.ListArtifacts(run.Info.RunId).Select(entry => entry.Path));
    }

    [Fact]
    public void A_network_that_cannot_be_exported_keeps_its_run_and_is_warned_of()
    {
        Mlflow.Autolog();
        TorchRuntime.Initialize();
        using var network = nn.Sequential(("only", nn.Linear(12, 3)), ("last", nn.Softshrink()));

        new Trainer(network, new Adam()).Fit(_data, Options, TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Finished, _tracking.OnlyRun().Info.Status);
        Assert.StartsWith("Automatic logging: the model was not logged. The layer 'last' (Softshrink) cannot be written as ONNX:", Assert.Single(_tracking.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_torchs_own_layers_is_logged_with_its_logits()
    {
        Mlflow.Autolog();
        TorchRuntime.Initialize();
        using var network = nn.Sequential(("hidden", nn.Linear(12, 5)), ("active", nn.GELU()), ("last", nn.Linear(5, 3)));
        var trainer = new Trainer(network, new Adam());

        trainer.Fit(_data, Options, TestContext.Current.CancellationToken);

        using var model = LoadedModel.Load(_tracking.Download("model"));
        var logits = model.Predict(ModelTensor.Of(_data.Inputs[..12], 1, 12))["logits"].As<float>();
        using var expected = network.call(tensor(_data.Inputs[..12].ToArray()).reshape(1, 12));
        Assert.All(expected.data<float>().ToArray().Zip(logits.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Evaluation_is_not_logged()
    {
        Mlflow.Autolog();

        new Trainer(Network(), new Adam()).Evaluate(_data, TestContext.Current.CancellationToken);

        Assert.Empty(_tracking.Runs());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public void Every_nth_batch_is_logged_if_asked_for(int every)
    {
        TorchSharpAutolog.Autolog(logModels: false, everyNStep: every);

        var history = Fit();

        var losses = _tracking.History("loss_step");
        // 240 rows in batches of 16.
        Assert.Equal(Enumerable.Range(0, 45).Where(step => (step + 1) % every == 0).Select(step => (long)step), losses.Select(point => point.Step));
        Assert.Equal(losses.Select(point => point.Step), _tracking.History("accuracy_step").Select(point => point.Step));
        Assert.Equal([0, 1, 2], _tracking.History("loss").Select(point => point.Step));
        if (every == 1)
        {
            Assert.All(losses.Chunk(15).Zip(history.Loss), epoch => Assert.Equal(epoch.Second, epoch.First.Average(point => point.Value), 1e-9));
            Assert.All(_tracking.History("accuracy_step").Chunk(15).Zip(history.Accuracy), epoch => Assert.Equal(epoch.Second, epoch.First.Average(point => point.Value), 1e-9));
        }
    }

    [Fact]
    public void No_batch_is_logged_otherwise()
    {
        Mlflow.Autolog(logModels: false);

        Fit();

        Assert.DoesNotContain(_tracking.OnlyRun().Data.Metrics.Keys, key => key.EndsWith("_step", StringComparison.Ordinal));
    }

    private TrainingHistory Fit(FitOptions? options = null, Optimizer? optimizer = null) =>
        new Trainer(Network(), optimizer ?? new Adam()).Fit(_data, options ?? Options, TestContext.Current.CancellationToken);

    private static MultilayerPerceptron Network() => MultilayerPerceptron.Create(12, [16, 8], 3, seed: 7);
}
