using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Benchmarks;

/// <summary>
/// How long the course's training takes per epoch, beside the same loop in PyTorch: 784-128-64-10, batches of 32, one thread, 54,000 rows to
/// learn from and 6,000 to validate.
/// </summary>
internal sealed class EpochTimes : IMeasurement
{
    private const double ValidationSplit = 0.1;

    // Rounding grows from step to step, and what a single step left behind shows in the validation, but hardly in the mean of 1,688 steps.
    private const double MostDifferenceOfMeans = 0.01;
    private const double MostDifferenceAtTheEnd = 0.1;

    /// <inheritdoc/>
    public string Name => "epoch";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var data = Mnist.Load(Checkout.Path("data", "mnist")).Train.ToLabeledData();
        var weights = Path.GetTempFileName();
        try
        {
            using (var network = Network())
                await File.WriteAllBytesAsync(weights, [.. network.parameters().SelectMany(parameter => parameter.bytes.ToArray())]);

            using var peer = PythonPeer.Find("torch") is { } python
                ? await PythonPeer.StartAsync(python, Checkout.Path("tests", "Benchmarks", "Training", "epoch_time.py"), Checkout.Path("data", "mnist"), weights)
                : null;
            return [await CompareAsync(new Adam(), data, peer, rounds), await CompareAsync(new Adagrad(), data, peer, rounds)];
        }
        finally
        {
            File.Delete(weights);
        }
    }

    private static async Task<Comparison> CompareAsync(Optimizer optimizer, LabeledData data, PythonPeer? peer, int rounds)
    {
        using var network = Network();
        var trainer = new Trainer(network, optimizer);
        var name = optimizer.Name.ToLowerInvariant();

        // Not shuffled, both sides must come to the same numbers. This epoch warms up, too.
        var (_, epoch) = Train(trainer, data, shuffle: false, seed: 0);
        if (peer is not null)
            RequireSameNumbers(optimizer, epoch, await peer.AskAsync($"{name} 0"));

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Train(trainer, data, shuffle: true, seed: round).Seconds);
            if (peer is not null)
                theirs.Add((await peer.AskAsync($"{name} 1"))["seconds"]!.GetValue<double>());
        }

        var peerName = peer is null ? "PyTorch" : $"PyTorch {peer.Greeting["torch"]} with {peer.Greeting["blas"]}";
        return new Comparison($"Training: an epoch with {optimizer.Name}, s", Spread.Of(ours), peerName, peer is null ? null : Spread.Of(theirs));
    }

    private static (double Seconds, EpochResult Epoch) Train(Trainer trainer, LabeledData data, bool shuffle, int seed)
    {
        var began = Stopwatch.GetTimestamp();
        var history = trainer.Fit(data, new FitOptions { ValidationSplit = ValidationSplit, Shuffle = shuffle, Seed = seed, Progress = null });
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, history.Epochs[0]);
    }

    private static void RequireSameNumbers(Optimizer optimizer, EpochResult ours, JsonNode theirs)
    {
        Require("loss", ours.Loss, MostDifferenceOfMeans);
        Require("accuracy", ours.Accuracy, MostDifferenceOfMeans);
        Require("validation_loss", ours.ValidationLoss!.Value, MostDifferenceAtTheEnd);
        Require("validation_accuracy", ours.ValidationAccuracy!.Value, MostDifferenceAtTheEnd);

        void Require(string name, double value, double mostDifference)
        {
            var other = theirs[name]!.GetValue<double>();
            if (Math.Abs(value - other) > mostDifference * other)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"After the same epoch with {optimizer.Name} our {name} is {value}, PyTorch's {other}: they do not compute the same, so their times are not compared."));
            }
        }
    }

    private static MultilayerPerceptron Network() => MultilayerPerceptron.Create(MnistImage.PixelCount, [128, 64], 10);
}
