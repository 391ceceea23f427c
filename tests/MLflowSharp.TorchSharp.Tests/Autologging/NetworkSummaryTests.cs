using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Autologging;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void It_lists_each_layer_and_the_sums()
    {
        using var network = MultilayerPerceptron.Create(784, [128, 64], 10);

        Assert.Equal(
            """
            MultilayerPerceptron
            ----------------------------------------------
            Layer    Type    Parameter shapes   Parameters
            ----------------------------------------------
            dense_0  Linear  (128, 784), (128)     100,480
            dense_1  Linear  (64, 128), (64)         8,256
            dense_2  Linear  (10, 64), (10)            650
            ----------------------------------------------
            Total parameters: 109,386 (427.29 KiB)
            Trainable parameters: 109,386 (427.29 KiB)
            Non-trainable parameters: 0 (0.00 KiB)

            """,
            NetworkSummary.Of(network));
    }

    [Fact]
    public void Parameters_that_are_not_trained_are_counted_apart()
    {
        TorchRuntime.Initialize();
        using var network = nn.Linear(4, 2);
        network.bias!.requires_grad = false;

        Assert.Contains("Non-trainable parameters: 2 (0.01 KiB)", NetworkSummary.Of(network), StringComparison.Ordinal);
    }
}
