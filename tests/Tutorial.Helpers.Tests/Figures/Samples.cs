using MLflowSharp;

namespace Tutorial.Helpers.Tests;

/// <summary>One figure of each kind.</summary>
internal static class Samples
{
    public static Figure Figure(string name) => name switch
    {
        "lines" => Figures.Lines("Loss per epoch", "epoch", "loss", new Series("3Layer_adagrad", [1.43, 0.8, 0.45]), new Series("3Layer_adam", [0.3, 0.03, 0.05])),
        "bars" => Figures.Bars("Images per digit", "digit", "images", ["0", "1"], new Series("training", [5923, 6742]), new Series("test", [980, 1135])),
        "digits" => Figures.Digits([.. Enumerable.Range(0, 20).Select(Digit)]),
        "network" => Figures.Network(784, 128, 64, 10),
        "parallel" => Figures.Parallel("Eight runs", Runs.ToTable("params.optimizer", "params.learning_rate", "metrics.val_accuracy")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such sample."),
    };

    private static IEnumerable<Run> Runs => (((string Optimizer, double Rate, double Accuracy)[])[("Adam", 0.0001, 0.5), ("Adagrad", 0.1, 0.7), ("Adam", 0.01, 0.9)])
        .Select(run => new Run(
            new("r", "run", "1", "me", RunStatus.Finished, null, null, LifecycleStage.Active, ""),
            new(
                [new Metric("val_accuracy", run.Accuracy, 0)],
                new Dictionary<string, string> { ["optimizer"] = run.Optimizer, ["learning_rate"] = run.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                new Dictionary<string, string>()),
            new([])));

    /// <summary>A picture without pattern, which compresses worse than any handwriting.</summary>
    public static MnistImage Digit(int seed)
    {
        var pixels = new byte[MnistImage.PixelCount];
        var random = new Random(seed);
        foreach (ref var pixel in pixels.AsSpan())
            pixel = (byte)(random.Next(4) == 0 ? random.Next(256) : 0);
        return new MnistImage(pixels, seed % 10);
    }
}
