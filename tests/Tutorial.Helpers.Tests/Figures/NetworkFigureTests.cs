namespace Tutorial.Helpers.Tests;

public sealed class NetworkFigureTests
{
    [Fact]
    public void The_description_counts_layers_and_parameters() => Assert.Equal(
        "Diagram 'The network 784-128-64-10': a fully connected network of 784 inputs, then 128 hidden neurons with ReLU, then 64 hidden neurons with ReLU, "
        + "then 10 outputs with softmax. Each neuron is connected to all of the layer before it; 109,386 weights and biases are learned.",
        Samples.Figure("network").Description);

    [Fact]
    public void Small_layers_are_drawn_whole_and_large_ones_with_dots()
    {
        static int Discs(Figure figure) => figure.ToSvg().Split("<circle").Length - 1;

        Assert.Equal(2 + 3, Discs(Figures.Network(2, 3)));
        Assert.Equal(8 + 3 + 10, Discs(Figures.Network(784, 10)));
    }

    [Theory]
    [InlineData(784)]
    [InlineData(784, 0, 10)]
    public void A_network_needs_two_layers_with_neurons(params int[] layers) =>
        Assert.Throws<ArgumentException>(() => Figures.Network(layers));
}
