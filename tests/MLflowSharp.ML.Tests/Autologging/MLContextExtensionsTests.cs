using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace MLflowSharp.ML.Tests.Autologging;

public sealed class MLContextExtensionsTests : TrackedTest
{
    [Fact]
    public void The_trainers_options_are_parameters_under_their_own_names()
    {
        Mlflow.Autolog();
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 7, L2Regularization = 0.01f }), Training);

        var data = OnlyRun().Data;
        Assert.Equal(("7", "0.01", "Label", "Features", "None"), (data.Params["MaximumNumberOfIterations"], data.Params["L2Regularization"], data.Params["LabelColumnName"], data.Params["FeatureColumnName"], data.Params["ExampleWeightColumnName"]));
        Assert.Equal("SdcaMaximumEntropyMulticlassTrainer", data.Tags["estimator_name"]);
        Assert.Equal("ValueToKeyMappingEstimator > NormalizingEstimator > SdcaMaximumEntropyMulticlassTrainer > KeyToValueMappingEstimator", data.Tags["pipeline"]);
        Assert.Equal("mlnet", data.Tags["mlflow.autologging"]);
        Assert.Empty(Warnings);
    }

    [Fact]
    public void Each_iteration_and_the_evaluations_are_metrics()
    {
        Mlflow.Autolog();
        var model = Context.Fit(Classifier(new() { MaximumNumberOfIterations = 10, ConvergenceTolerance = 1e-9f }), Training, Validation);

        var run = OnlyRun();
        var losses = Client.GetMetricHistory(run.Info.RunId, "training_loss");
        Assert.Equal(Enumerable.Range(1, 10).Select(step => (long)step), losses.Select(point => point.Step));
        Assert.True(losses[^1].Value < losses[0].Value);
        Assert.True(run.Data.Metrics.ContainsKey("training_duality_gap"));
        var expected = Context.MulticlassClassification.Evaluate(model.Transform(Validation));
        Assert.Equal((expected.MicroAccuracy, expected.LogLoss), (run.Data.Metrics["validation_micro_accuracy"], run.Data.Metrics["validation_log_loss"]));
        Assert.True(run.Data.Metrics.ContainsKey("training_macro_accuracy"));
        Assert.Contains("TRUTH", File.ReadAllText(Client.DownloadArtifacts(run.Info.RunId, "validation_confusion_matrix.txt")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
    }

    [Fact]
    public void A_last_step_that_puts_names_in_place_of_predicted_keys_changes_no_evaluation()
    {
        Mlflow.Autolog();
        var named = Classifier(new() { MaximumNumberOfIterations = 5 }).Append(Context.Transforms.CopyColumns("Kept", "PredictedLabel")).Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = Context.Fit(named, Training, Validation);

        Assert.IsType<TextDataViewType>(model.Transform(Validation).Schema["PredictedLabel"].Type);
        var expected = Context.MulticlassClassification.Evaluate(model.Transform(Validation), predictedLabelColumnName: "Kept");
        Assert.Equal(expected.MicroAccuracy, OnlyRun().Data.Metrics["validation_micro_accuracy"]);
    }

    [Fact]
    public void Every_second_iteration_is_logged_if_asked_for()
    {
        MLNetAutolog.Autolog(everyNIteration: 2);
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 6, ConvergenceTolerance = 1e-9f }), Training);
        Assert.Equal([2, 4, 6], Client.GetMetricHistory(OnlyRun().Info.RunId, "training_loss").Select(point => point.Step));
    }

    [Theory]
    [InlineData("binary", "area_under_roc_curve")]
    [InlineData("uncalibrated", "accuracy")]
    [InlineData("regression", "root_mean_squared_error")]
    [InlineData("clustering", "average_distance")]
    [InlineData("one-versus-all", "micro_accuracy")]
    public void Every_task_is_measured_in_its_own_metrics(string task, string metric)
    {
        Mlflow.Autolog();
        IEstimator<ITransformer> pipeline = task switch
        {
            "binary" => Context.BinaryClassification.Trainers.LbfgsLogisticRegression("IsTall"),
            "uncalibrated" => Context.BinaryClassification.Trainers.LinearSvm("IsTall"),
            "regression" => Context.Regression.Trainers.OnlineGradientDescent("Weight"),
            "clustering" => Context.Clustering.Trainers.KMeans(numberOfClusters: 3),
            _ => Context.Transforms.Conversion.MapValueToKey("Label", "Kind")
                .Append(Context.MulticlassClassification.Trainers.OneVersusAll(Context.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 3))),
        };
        Context.Fit(pipeline, Training, Validation);

        var data = OnlyRun().Data;
        Assert.True(data.Metrics.ContainsKey($"training_{metric}"), string.Join(", ", data.Metrics.Keys));
        Assert.True(data.Metrics.ContainsKey($"validation_{metric}"));
        Assert.Empty(Warnings);
        if (task == "one-versus-all")
            Assert.Equal(("AveragedPerceptronTrainer", "3"), (data.Params["Trainer"], data.Params["AveragedPerceptronTrainer.NumberOfIterations"]));
        if (task == "clustering")
            Assert.Equal("3", data.Params["NumberOfClusters"]);
    }

    [Fact]
    public void The_data_are_inputs_and_the_same_data_have_the_same_fingerprint()
    {
        Mlflow.Autolog();
        using var run = Mlflow.StartRun();
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training, Validation);

        var inputs = OnlyRun().Inputs.DatasetInputs.ToDictionary(input => input.Tags.Single().Value, input => input.Dataset);
        Assert.Equal(["eval", "train"], inputs.Keys.Order());
        Assert.Contains("""{"type":"array","items":{"type":"float"},"name":"Features","required":true}""", inputs["train"].Schema, StringComparison.Ordinal);
        Assert.Equal("""{"num_rows":300,"num_elements":1200}""", inputs["train"].Profile);
        Assert.NotEqual(inputs["eval"].Digest, inputs["train"].Digest);
        var again = DataDescription.Of(Context.Data.LoadFromEnumerable(Sample.Create(300)), run.Data.Tags);
        Assert.Equal(inputs["train"].Digest, again.Digest);
        Assert.Matches("^[0-9a-f]{8}$", again.Digest);
    }

    [Fact]
    public void The_logged_model_predicts_what_the_trained_one_predicts()
    {
        Mlflow.Autolog();
        var model = Context.Fit(Classifier(new() { MaximumNumberOfIterations = 5 }), Training);

        var folder = Client.DownloadArtifacts(OnlyRun().Info.RunId, "model");
        var loaded = MLNetFlavor.LoadModel(Context, folder);
        Assert.Equal(Predictions(model), Predictions(loaded));
        Assert.Matches(@"mlnet_version: .?5\.0\.1", File.ReadAllText(Path.Combine(folder, "MLmodel")));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => MLNetFlavor.LoadModel(Context, Path.GetTempPath())).ErrorCode);

        IEnumerable<string> Predictions(ITransformer of) => Context.Data.CreateEnumerable<Prediction>(of.Transform(Validation), reuseRowObject: false).Select(row => row.PredictedKind).ToList();
    }

    [Fact]
    public void A_training_that_fails_fails_its_run_and_reaches_the_caller()
    {
        Mlflow.Autolog();
        var failure = Assert.ThrowsAny<Exception>(() => Context.Fit(Context.Regression.Trainers.Sdca("None"), Training));
        var run = OnlyRun();
        Assert.Equal(RunStatus.Failed, run.Info.Status);
        Assert.Equal($"{failure.GetType().Name}: {failure.Message}", run.Data.Tags["error"]);
        Assert.Equal("None", run.Data.Params["LabelColumnName"]);
        Assert.Empty(Client.ListArtifacts(run.Info.RunId));
    }

    [Theory]
    [InlineData(4999)]
    [InlineData(100_000)]
    public void A_long_failure_is_kept_as_far_as_a_tag_goes(int length)
    {
        Mlflow.Autolog();
        var failure = new InvalidOperationException(string.Concat(Enumerable.Repeat("😀", length)));
        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => Context.Fit(Classifier(new()), Failing(failure))));
        var kept = OnlyRun().Data.Tags["error"];
        Assert.InRange(kept.Length, 4999, 5000);
        Assert.Equal(0x1F600, char.ConvertToUtf32(kept, kept.Length - 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_that_is_cancelled_kills_its_run(bool readWithSeveralThreads)
    {
        Mlflow.Autolog();
        var data = Failing(new OperationCanceledException("enough"));
        // The second wraps what its threads meet.
        var failure = Assert.ThrowsAny<Exception>(() => readWithSeveralThreads
            ? Context.Fit<ITransformer>(Context.Clustering.Trainers.KMeans(), data)
            : Context.Fit<ITransformer>(Context.Regression.Trainers.FastTree("Weight"), data));
        Assert.Equal(readWithSeveralThreads, failure is not OperationCanceledException);
        var run = OnlyRun();
        Assert.Equal(RunStatus.Killed, run.Info.Status);
        Assert.False(run.Data.Tags.ContainsKey("error"));
        Assert.Null(Mlflow.ActiveRun);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_in_the_users_run_is_logged_there_and_leaves_it_open_even_if_it_fails(bool fails)
    {
        Mlflow.Autolog();
        using var parent = Mlflow.StartRun("all trainers");
        using (var child = Mlflow.StartRun("one", nested: true))
        {
            if (fails)
                Assert.Throws<InvalidOperationException>(() => Context.Fit(Classifier(new()), Failing(new InvalidOperationException())));
            else
                Context.Fit(Classifier(new() { MaximumNumberOfIterations = 2 }), Training);
            Assert.Same(child, Mlflow.ActiveRun);
            var run = Client.GetRun(child.RunId);
            Assert.Equal((RunStatus.Running, "Label"), (run.Info.Status, run.Data.Params["LabelColumnName"]));
            Assert.False(run.Data.Tags.ContainsKey("error"));
            Assert.Equal(!fails, run.Data.Metrics.ContainsKey("training_micro_accuracy"));
        }

        var outer = Client.GetRun(parent.RunId);
        Assert.Equal(RunStatus.Running, outer.Info.Status);
        Assert.Empty(outer.Data.Params);
        Assert.Equal(2, Client.SearchRuns(["0"]).Count);
    }

    [Fact]
    public void The_users_run_is_left_alone_if_logging_is_exclusive()
    {
        Mlflow.Autolog(exclusive: true);
        using (Mlflow.StartRun())
            Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Assert.Empty(OnlyRun().Data.Params);
    }

    [Fact]
    public void It_is_switched_off_for_all_and_on_for_this_flavor_alone()
    {
        Mlflow.Autolog();
        Mlflow.Autolog(disable: true);
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Assert.Empty(Client.SearchRuns(["0"]));

        MLNetAutolog.Autolog(logModels: false);
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Assert.Equal(["training_confusion_matrix.txt"], Client.ListArtifacts(OnlyRun().Info.RunId).Select(file => file.Path));

        MLNetAutolog.Reset();
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Assert.Single(Client.SearchRuns(["0"]));
    }

    [Fact]
    public void Nothing_is_logged_unless_asked_for_or_when_this_flavor_is_off()
    {
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Mlflow.Autolog();
        MLNetAutolog.Autolog(disable: true);
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        Assert.Empty(Client.SearchRuns(["0"]));

        MLNetAutolog.Autolog(logModels: false, logDatasets: false);
        Context.Fit(Classifier(new() { MaximumNumberOfIterations = 1 }), Training);
        var run = OnlyRun();
        Assert.Empty(run.Inputs.DatasetInputs);
        Assert.Equal(["training_confusion_matrix.txt"], Client.ListArtifacts(run.Info.RunId).Select(file => file.Path));
        Assert.Throws<MlflowException>(() => MLNetAutolog.Autolog(everyNIteration: 0));
    }

    /// <summary>Rows that end in a failure after so many that no trainer has read them all at once.</summary>
    private IDataView Failing(Exception failure)
    {
        return Context.Data.LoadFromEnumerable(Rows());

        IEnumerable<Sample> Rows()
        {
            foreach (var sample in Enumerable.Range(0, 50).SelectMany(part => Sample.Create(300, part)))
                yield return sample;
            throw failure;
        }
    }

    private EstimatorChain<KeyToValueMappingTransformer> Classifier(SdcaMaximumEntropyMulticlassTrainer.Options options) =>
        Context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(Context.Transforms.NormalizeMinMax("Features"))
            .Append(Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(options))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedKind", "PredictedLabel"));

    private sealed class Prediction
    {
        public string PredictedKind { get; set; } = "";
    }
}
