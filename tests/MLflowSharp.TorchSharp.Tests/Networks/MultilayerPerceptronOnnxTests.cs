using MLflowSharp.Onnx;

namespace MLflowSharp.TorchSharp.Tests.Networks;

public sealed class MultilayerPerceptronOnnxTests
{
    [Fact]
    public void ONNX_Runtime_gives_TorchSharps_probabilities()
    {
        var data = SyntheticData.Create();
        using var network = MultilayerPerceptron.Create(12, [16, 8], 3, seed: 7);
        var trainer = new Trainer(network, new Adam { LearningRate = 0.01 });
        trainer.Fit(data, new FitOptions { Epochs = 2, Progress = null }, TestContext.Current.CancellationToken);
        using var model = OnnxModel.Load(network.ToOnnx());

        var scored = model.Predict(data.Inputs);

        for (var row = 0; row < data.Count; row++)
        {
            var expected = trainer.Predict(data.Inputs.Slice(row * 12, 12));
            Assert.All(expected.Zip(scored.AsSpan(row * 3, 3).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    [Fact]
    public void A_network_without_hidden_layers_is_exported_too()
    {
        using var network = MultilayerPerceptron.Create(2, [], 2);
        using var model = OnnxModel.Load(network.ToOnnx());

        Assert.Equal(1, model.Predict(new float[] { 1, 2 }).Sum(), 1e-6f);
    }
}
