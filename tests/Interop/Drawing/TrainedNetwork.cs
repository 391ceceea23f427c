using MLflowSharp;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Interop.Drawing;

/// <summary>Two networks that have learned MNIST, one well and one for an epoch of Adagrad, saved in MLflow's layout.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Trains them.</summary>
    public TrainedNetwork()
    {
        var images = Mnist.Load().Train.ToLabeledData();
        lock (Trainings.Turn)
        {
            Model = Train(new Adam(), epochs: 2, Folder);
            Challenger = Train(new Adagrad(), epochs: 1, PathOf("challenger"));
        }

        LoadedModel Train(Optimizer optimizer, int epochs, string folder)
        {
            using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 1);
            new Trainer(network, optimizer).Fit(images, new FitOptions { Epochs = epochs, Progress = null });
            OnnxFlavor.SaveModel(network.ToOnnx(), folder);
            return LoadedModel.Load(folder);
        }
    }

    /// <summary>The folder of the first with its <c>MLmodel</c>.</summary>
    public string Folder => Path.Combine(_folder.FullName, "model");

    /// <summary>The one that has learned well.</summary>
    public LoadedModel Model { get; }

    /// <summary>The other.</summary>
    public LoadedModel Challenger { get; }

    /// <summary>A file beside them.</summary>
    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        Challenger.Dispose();
        _folder.Dispose();
    }
}
