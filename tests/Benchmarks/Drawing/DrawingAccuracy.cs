using System.Globalization;
using System.Text;
using MLflowSharp;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Benchmarks;

/// <summary>How many drawings a network reads rightly that has learned MNIST, with each way of bringing them into 28 × 28 pixels.</summary>
internal static class DrawingAccuracy
{
    /// <summary>What <c>--only</c> calls it, and the block in <c>docs/drawing.md</c>.</summary>
    public const string Name = "drawing";

    private static readonly (DigitFit Fit, string Heading)[] Fits =
    [
        (DigitFit.CentreOfMass, "As MNIST: fitted, centre of mass in the middle"),
        (DigitFit.BoundingBox, "Fitted, box in the middle"),
        (DigitFit.WholeCanvas, "Whole canvas made smaller"),
    ];

    /// <summary>Trains and reads.</summary>
    /// <returns>A table in Markdown, a line for each manner of drawing.</returns>
    public static string Run()
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var mnist = Mnist.Load();
            using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 1);
            var trainer = new Trainer(network, new Adam());
            trainer.Fit(mnist.Train.ToLabeledData(), new FitOptions { Epochs = 4, Progress = null });
            var accuracy = trainer.Evaluate(mnist.Test.ToLabeledData()).Accuracy;
            OnnxFlavor.SaveModel(network.ToOnnx(), Path.Combine(folder, "model"));
            using var model = LoadedModel.Load(Path.Combine(folder, "model"));
            return Table(new DigitReader(("champion", model)), accuracy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Table(DigitReader reader, double accuracy)
    {
        var text = new StringBuilder($"| Drawn | {string.Join(" | ", Fits.Select(fit => fit.Heading))} |\n|---|{string.Concat(Fits.Select(_ => "---:|"))}\n");
        foreach (var manner in SampleDrawings.All.GroupBy(sample => sample.Manner))
            AddLine(manner.Key, [.. manner]);
        AddLine("**all**", SampleDrawings.All);
        return text.Append(CultureInfo.InvariantCulture, $"\nA network of 784-128-64-10 after four epochs of Adam; of MNIST's test images it reads {accuracy:0.0 %}.\n").ToString();

        void AddLine(string name, IReadOnlyList<SampleDrawing> samples) => text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", Fits.Select(fit => Right(samples, fit.Fit)))} |\n");

        string Right(IReadOnlyList<SampleDrawing> samples, DigitFit fit)
        {
            var right = samples.Count(sample => reader.Read(sample.Drawing, fit)[0].Digit == sample.Digit);
            return string.Create(CultureInfo.InvariantCulture, $"{right} of {samples.Count}, {right / (double)samples.Count:0 %}");
        }
    }
}
