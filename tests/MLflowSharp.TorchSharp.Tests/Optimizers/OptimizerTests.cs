using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Optimizers;

public sealed class OptimizerTests
{
    // Not a multiple of any vector width, so that the scalar remainder is exercised too.
    private const int Length = 37;
    private const int Steps = 50;

    [Fact]
    public void Adam_moves_parameters_as_PyTorch_does()
    {
        TorchRuntime.Initialize();
        AssertSameAsTorch(
            new Adam { LearningRate = 0.01, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6 },
            parameter => optim.Adam([parameter], lr: 0.01, beta1: 0.8, beta2: 0.95, eps: 1e-6));
    }

    [Fact]
    public void Adagrad_moves_parameters_as_PyTorch_does()
    {
        TorchRuntime.Initialize();
        AssertSameAsTorch(
            new Adagrad { LearningRate = 0.05, InitialAccumulatorValue = 0.1, Epsilon = 1e-7 },
            parameter => optim.Adagrad([parameter], lr: 0.05, initial_accumulator_value: 0.1, eps: 1e-7));
    }

    [Fact]
    public void A_step_clears_the_gradients()
    {
        var gradients = Enumerable.Repeat(1f, Length).ToArray();

        new Adam().Begin(Length).Step(new float[Length], gradients);

        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_no_training_can_use_is_refused(double rate)
    {
        var network = MultilayerPerceptron.Create(2, [], 2);

        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Trainer(network, new Adam { LearningRate = rate }));
    }

    [Fact]
    public void A_decay_of_one_is_refused()
    {
        var network = MultilayerPerceptron.Create(2, [], 2);

        Assert.Throws<ArgumentOutOfRangeException>("Beta2", () => new Trainer(network, new Adam { Beta2 = 1 }));
    }

    private static void AssertSameAsTorch(Optimizer ours, Func<global::TorchSharp.Modules.Parameter, optim.Optimizer> create)
    {
        var random = new Random(5);
        var start = Enumerable.Range(0, Length).Select(_ => random.NextSingle()).ToArray();
        var mine = start.ToArray();
        var update = ours.Begin(Length);
        using var theirs = nn.Parameter(tensor(start));
        using var optimizer = create(theirs);

        for (var step = 0; step < Steps; step++)
        {
            var gradients = Enumerable.Range(0, Length).Select(_ => random.NextSingle() - 0.5f).ToArray();
            theirs.grad = tensor(gradients);
            optimizer.step();
            update.Step(mine, gradients);
        }

        Assert.All(
            MemoryMarshal.Cast<byte, float>(theirs.bytes).ToArray().Zip(mine),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.NotEqual(start, mine);
    }
}
