using MLflowSharp;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Interop.WebPages;

/// <summary>What a reader of the course has logged after an evening: two trainings, a trial within one of them, files of all kinds, a model with two versions.</summary>
/// <param name="Name">Name of the experiment and of the registered model.</param>
/// <param name="Adagrad">The first training, whose model is version 1, the challenger.</param>
/// <param name="Adam">The second training, which has the most; its model is version 2, the champion.</param>
/// <param name="Trial">A run within the second training.</param>
/// <param name="Model">The logged model of the second training.</param>
internal sealed record CourseStore(string Name, Run Adagrad, Run Adam, Run Trial, LoggedModel Model)
{
    private static readonly FitOptions Options = new() { Epochs = 4, BatchSize = 32, ValidationSplit = 0.2, Progress = null };

    /// <summary>Identifier of the experiment.</summary>
    public string ExperimentId => Adam.Info.ExperimentId;

    /// <summary>Trains and logs with the functions that the notebooks use.</summary>
    /// <param name="trackingUri">The store.</param>
    /// <param name="name">Name of the experiment and of the registered model, which are created.</param>
    /// <param name="artifacts">Folder for the artifacts of a database; a server has its own.</param>
    public static CourseStore Write(string trackingUri, string name, string artifacts)
    {
        lock (Trainings.Turn)
            return WriteInTurn(trackingUri, name, artifacts);
    }

    private static CourseStore WriteInTurn(string trackingUri, string name, string artifacts)
    {
        var options = new MlflowClientOptions { DatabaseVersion = "3.17", DefaultArtifactRoot = artifacts };
        Mlflow.SetTrackingUri(trackingUri, options);
        try
        {
            using var client = new MlflowClient(trackingUri, options);
            Mlflow.Autolog(logInputExamples: true);
            Mlflow.SetSystemMetricsSamplingInterval(0.05);
            Mlflow.SetExperiment(name);
            Mlflow.SetExperimentTag("mlflow.note.content", "Handwritten digits, *two* optimizers.");
            var mnist = Mnist.Load();
            var data = mnist.Train.ToLabeledData().Take(600);

            string adagrad, adam, trial;
            using (var run = Mlflow.StartRun("3Layer_adagrad", tags: new Dictionary<string, string> { ["purpose"] = "comparison" }, logSystemMetrics: true))
            {
                adagrad = run.RunId;
                Train(new Adagrad { LearningRate = 0.01 }, data);
                WaitForSystemMetrics(client, adagrad);
            }

            using (var run = Mlflow.StartRun("3Layer_adam", description: "Adam with the **default** learning rate.", logSystemMetrics: true))
            {
                adam = run.RunId;
                var history = Train(new Adam(), data);
                Mlflow.SetTag("purpose", "comparison");
                LogFiles(mnist, history);
                using var nested = Mlflow.StartRun("first 100 images", nested: true);
                trial = nested.RunId;
                Mlflow.LogParam("images", 100);
                Mlflow.LogMetric("val_accuracy", 0.25);
                WaitForSystemMetrics(client, adam);
            }

            return new(name, client.GetRun(adagrad), client.GetRun(adam), client.GetRun(trial), Register(client, name, adagrad, adam));
        }
        finally
        {
            Mlflow.Autolog(disable: true);
            Mlflow.SetSystemMetricsSamplingInterval(null);
            Mlflow.SetTrackingUri("");
        }
    }

    private static TrainingHistory Train(Optimizer optimizer, LabeledData data) =>
        new Trainer(MultilayerPerceptron.Create(784, [32], 10, seed: 1), optimizer).Fit(data, Options);

    private static void LogFiles(MnistDataset mnist, TrainingHistory history)
    {
        var chart = Figures.Lines("Loss of each epoch", "epoch", "loss", new Series("training", history.Loss), new Series("validation", history.ValidationLoss));
        foreach (var extension in (string[])["png", "svg", "html"])
            Mlflow.LogFigure(chart, $"charts/loss.{extension}");
        Mlflow.LogText("Four epochs are quick: hyvää työtä ✓\n", "remark.txt");
        Mlflow.LogText("# Remarks\n\n- quick\n- good enough\n", "remarks.md");
        Mlflow.LogText("digit,images\n0,60\n1,71\n", "counts.csv");
        Mlflow.LogDict(new { layers = new[] { 784, 32, 10 }, optimizer = new { name = "Adam", learning_rate = 0.001 } }, "settings.json");
        Mlflow.LogDict(new { layers = new[] { 784, 32, 10 } }, "settings.yaml");
        Mlflow.LogTable(new { image = new[] { 0, 1, 2 }, label = new[] { 5, 0, 4 }, guess = new[] { 3, 0, 4 }, sure = new[] { 0.51, 0.99, 0.87 } }, "predictions.json");
        for (var step = 0; step < 3; step++)
            Mlflow.LogImage(Picture(mnist.Train.Image(step)), "hardest digit", step);
        Mlflow.LogImage(Picture(mnist.Train.Image(0)), "five.png");
    }

    private static MlflowImage Picture(MnistImage digit)
    {
        var pixels = new byte[MnistImage.Side, MnistImage.Side];
        for (var row = 0; row < MnistImage.Side; row++)
        {
            for (var column = 0; column < MnistImage.Side; column++)
                pixels[row, column] = digit[row, column];
        }

        return MlflowImage.FromArray(pixels);
    }

    // A chart needs points, and the training is too short to be sure of them.
    private static void WaitForSystemMetrics(MlflowClient client, string run)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (client.GetMetricHistory(run, "system/system_memory_usage_percentage").Count < 3)
        {
            Assert.True(DateTime.UtcNow < deadline, "The machine was not measured three times within 30 seconds.");
            Thread.Sleep(50);
        }
    }

    private static LoggedModel Register(MlflowClient client, string name, string adagrad, string adam)
    {
        var (first, second) = (ModelOf(adagrad), ModelOf(adam));
        Mlflow.RegisterModel(first.ModelUri, name);
        Mlflow.RegisterModel(second.ModelUri, name, tags: new Dictionary<string, string> { ["reviewed by"] = "Aino" });
        client.UpdateRegisteredModel(name, "Reads handwritten digits.");
        client.UpdateModelVersion(name, "2", "Trained with Adam.");
        client.SetRegisteredModelTag(name, "task", "digits");
        client.SetRegisteredModelAlias(name, "challenger", "1");
        client.SetRegisteredModelAlias(name, "champion", "2");
        return second;

        LoggedModel ModelOf(string run) => client.GetLoggedModel(Assert.Single(client.GetRun(run).Outputs!.ModelOutputs).ModelId);
    }
}
