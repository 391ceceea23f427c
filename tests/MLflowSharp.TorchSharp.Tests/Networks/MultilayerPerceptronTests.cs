using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Networks;

public sealed class MultilayerPerceptronTests
{
    [Fact]
    public void The_courses_network_has_the_originals_number_of_parameters()
    {
        using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 42);

        Assert.Equal(109_386, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Weights_are_drawn_within_Glorots_limit_and_biases_are_zero()
    {
        using var network = MultilayerPerceptron.Create(100, [50], 10, seed: 42);
        var limit = Math.Sqrt(6.0 / 150);
        var weights = network.Layers[0].weight!.data<float>().ToArray();

        Assert.InRange(weights.Max(), 0.98 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.98 * limit);
        Assert.All(network.Layers.SelectMany(layer => layer.bias!.data<float>().ToArray()), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        static float[] Weights(int seed)
        {
            using var network = MultilayerPerceptron.Create(5, [], 3, seed);
            return network.Layers[0].weight!.data<float>().ToArray();
        }
    }

    [Fact]
    public void Hidden_layers_cut_off_below_zero_and_the_last_one_does_not()
    {
        using var network = MultilayerPerceptron.Create(1, [1], 1);
        network.Layers[0].weight!.detach().fill_(-1);
        network.Layers[1].weight!.detach().fill_(-1);

        using var output = network.call(tensor(new[] { 2f, -2f }).reshape(2, 1));

        Assert.Equal([0f, -2f], output.data<float>().ToArray());
    }

    [Fact]
    public void A_layer_without_neurons_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => MultilayerPerceptron.Create(4, [0], 2));

        Assert.Contains("4-0-2", error.Message, StringComparison.Ordinal);
    }
}
