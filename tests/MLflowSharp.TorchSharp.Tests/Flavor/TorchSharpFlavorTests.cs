using MLflowSharp.TorchSharp.Tests.Exporting;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Flavor;

public sealed class TorchSharpFlavorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Target => Path.Combine(_folder.FullName, "digits");

    public TorchSharpFlavorTests() => TorchRuntime.Initialize();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_network_loads_and_scores_as_the_network_does()
    {
        using var network = OnnxExporterTests.Network();
        var rows = Enumerable.Range(0, 2 * 784).Select(index => index % 256 / 255f).ToArray();

        var saved = TorchSharpFlavor.SaveModel(network, Target, ModelTensor.Of(rows, 2, 1, 28, 28), "logits");

        using var model = LoadedModel.Load(Target);
        network.eval();
        using var expected = network.call(tensor(rows).reshape(2, 1, 28, 28));
        var scored = model.Predict(ModelTensor.Of(rows, 2, 1, 28, 28))["logits"].As<float>();
        Assert.All(expected.data<float>().ToArray().Zip(scored.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(["onnx", "python_function", "torchsharp"], model.Metadata.Flavors.Select(flavor => flavor.Key));
        Assert.Equal([new InputRange(0, 1)], saved.InputRanges);
        Assert.Equal("ndarray", saved.InputExampleType);
        Assert.Equal(saved.SizeBytes, _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != "MLmodel").Sum(file => file.Length));
    }

    [Fact]
    public void Pixels_that_are_not_scaled_give_a_warning()
    {
        using var network = OnnxExporterTests.Network();
        var rows = Enumerable.Range(0, 784).Select(index => index % 256 / 255f).ToArray();
        TorchSharpFlavor.SaveModel(network, Target, ModelTensor.Of(rows, 1, 1, 28, 28));
        var warnings = new List<string>();
        using var model = LoadedModel.Load(Target, warn: warnings.Add);

        model.Predict(ModelTensor.Of(Enumerable.Range(0, 784).Select(index => (byte)index).ToArray(), 1, 1, 28, 28));

        Assert.Equal("The input holds whole numbers up to 255, but the model learned from values between 0 and 1. Divide by 255 first.", Assert.Single(warnings));
    }

    [Fact]
    public void The_weights_are_a_zip_archive_of_raw_values()
    {
        using var network = OnnxExporterTests.Network();

        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(PyTorchStateDict.Write(network)));

        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(4 * 9 * sizeof(float), archive.GetEntry("state_dict/data/0")!.Length);
        Assert.NotNull(archive.GetEntry("state_dict/data.pkl"));
        Assert.NotNull(archive.GetEntry("state_dict/version"));
    }
}
