using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLflowSharp;
using MLflowSharp.ML;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Benchmarks;

/// <summary>
/// What automatic logging costs a training: the course's network, 784-128-64-10 on MNIST, and boosted trees of ML.NET, each by turns with and
/// without it.
/// </summary>
internal sealed class AutologTimes : IMeasurement
{
    private const int Epochs = 5;
    private const int Batches = 1688;
    private const int TreeRows = 20_000;
    private const double MostOverhead = 1; // Percent.

    /// <inheritdoc/>
    public string Name => "autolog";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var data = Mnist.Load(Checkout.Path("data", "mnist")).Train.ToLabeledData();
            var rows = new List<Comparison>();
            rows.AddRange(Network("SQLite", $"sqlite:///{folder}/mlflow.db", folder, data, rounds));
            if (PythonPeer.Find("mlflow") is { } python)
            {
                using var server = await TrackingServers.TheirsAsync(python);
                rows.AddRange(Network("a server", server.Uri.OriginalString, folder, data, rounds));
            }

            rows.AddRange(Trees(folder, data, rounds));
            if (PythonPeer.Find("torch") is null)
                await Console.Error.WriteLineAsync("mlflow.pytorch.autolog is not compared: no Python here has PyTorch.");
            return rows;
        }
        finally
        {
            Mlflow.Autolog(disable: true);
            Mlflow.SetTrackingUri("");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Comparison> Network(string where, string uri, string folder, LabeledData data, int rounds)
    {
        Mlflow.SetTrackingUri(uri, Options(folder));
        var epochs = Measure(rounds, () => Mlflow.Autolog());
        var batches = Measure(rounds, () => Mlflow.Autolog(logEveryNStep: 1));
        var title = $"Autolog of TorchSharp to {where}:";
        yield return new($"{title} an epoch without, s", epochs.Without, "", null);
        yield return new($"{title} an epoch with, s", epochs.With, "", null);
        yield return new($"{title} in its calls, % of an epoch", epochs.During, "", null, Target: MostOverhead);
        yield return new($"{title} {Epochs} epochs are longer by, %, begin and end included", epochs.Longer, "", null);
        yield return new($"{title} and take more processor time by, %", epochs.MoreProcessorTime, "", null);
        yield return new($"{title} begin and end of a training (run, data, model), ms", epochs.BeforeAndAfter, "", null);
        yield return new($"{title} every one of {Batches} batches logged, in its calls, % of an epoch", batches.During, "", null, Target: MostOverhead);
        yield return new($"{title} every batch logged, {Epochs} epochs are longer by, %", batches.Longer, "", null);
        yield return new($"{title} every batch logged, and take more processor time by, %", batches.MoreProcessorTime, "", null);

        AutologCost Measure(int rounds, Action on) => AutologCost.Measure(rounds, Epochs, on, round =>
        {
            using var network = MultilayerPerceptron.Create(MnistImage.PixelCount, [128, 64], 10, seed: round);
            new Trainer(network, new Adam()).Fit(data, new FitOptions { Epochs = Epochs, ValidationSplit = 0.1, Seed = round, Progress = null });
        });
    }

    private static IEnumerable<Comparison> Trees(string folder, LabeledData data, int rounds)
    {
        Mlflow.SetTrackingUri($"sqlite:///{folder}/trees.db", Options(folder));
        var digits = Enumerable.Range(0, TreeRows).Select(row => new Digit
        {
            Features = data.Inputs.Slice(row * MnistImage.PixelCount, MnistImage.PixelCount).ToArray(),
            Label = data.Labels.Span[row] % 2 == 0,
        }).ToArray();
        foreach (var (name, trainer) in new (string, Func<MLContext, IEstimator<ITransformer>>)[]
        {
            ("LightGBM", context => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 100, Verbose = true })),
            ("FastTree", context => context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 100 })),
        })
        {
            var fits = AutologCost.Measure(rounds, 1, () => Mlflow.Autolog(), round =>
            {
                var context = new MLContext(seed: round);
                context.Fit(trainer(context), context.Data.LoadFromEnumerable(digits));
            });
            var title = $"Autolog of ML.NET, {name}, {TreeRows:N0} images, 100 trees:";
            yield return new($"{title} a fit without, s", fits.Without, "", null);
            yield return new($"{title} a fit with, s", fits.With, "", null);
            yield return new($"{title} in its calls while it trains, %", fits.During, "", null, Target: MostOverhead);
            yield return new($"{title} begin and end (run, data, model), ms", fits.BeforeAndAfter, "", null);
            yield return new($"{title} measuring the model on its data, ms", fits.Evaluation, "", null);
            yield return new($"{title} longer by, %, all included", fits.Longer, "", null);
        }
    }

    private static MlflowClientOptions Options(string folder) => new() { DefaultArtifactRoot = $"{folder}/mlruns" };

    private sealed class Digit
    {
        [VectorType(MnistImage.PixelCount)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
