using MLflowSharp;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Interop.Drawing;

/// <summary>A network that has learned MNIST for two epochs, saved in MLflow's layout.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Trains it.</summary>
    public TrainedNetwork()
    {
        using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 1);
        new Trainer(network, new Adam()).Fit(Mnist.Load().Train.ToLabeledData(), new FitOptions { Epochs = 2, Progress = null });
        OnnxFlavor.SaveModel(network.ToOnnx(), Folder);
        Model = LoadedModel.Load(Folder);
    }

    /// <summary>The folder with its <c>MLmodel</c>.</summary>
    public string Folder => Path.Combine(_folder.FullName, "model");

    /// <summary>The model.</summary>
    public LoadedModel Model { get; }

    /// <summary>A file beside it.</summary>
    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        _folder.Dispose();
    }
}
