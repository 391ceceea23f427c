using MLflowSharp;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;

namespace Tutorial.Helpers.Tests.Sketching;

/// <summary>A network of 784-128-64-10 that has learned MNIST, as the lessons train it, saved and loaded.</summary>
public sealed class TrainedNetwork : IDisposable
{
    public TrainedNetwork()
    {
        Folder = Directory.CreateTempSubdirectory("trained-").FullName;
        using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 1);
        new Trainer(network, new Adam()).Fit(Mnist.Load().Train.ToLabeledData(), new FitOptions { Epochs = 4, Progress = null });
        OnnxFlavor.SaveModel(network.ToOnnx(), Path.Combine(Folder, "model"));
        Model = LoadedModel.Load(Path.Combine(Folder, "model"));
    }

    public string Folder { get; }

    public LoadedModel Model { get; }

    public void Dispose()
    {
        Model.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
