namespace MLflowSharp.TorchSharp;

/// <summary>
/// Adagrad: each parameter's step shrinks with the sum of its squared gradients so far (Duchi, Hazan and Singer, "Adaptive Subgradient
/// Methods for Online Learning and Stochastic Optimization", 2011; the same as PyTorch's <c>torch.optim.Adagrad</c>).
/// </summary>
/// <remarks>The defaults are Keras's; PyTorch starts from a learning rate of 0.01, an accumulator of 0 and an epsilon of 1e-10.</remarks>
public sealed record Adagrad : Optimizer
{
    /// <summary>Where each parameter's sum of squared gradients starts; at least 0. Default 0.1.</summary>
    public double InitialAccumulatorValue { get; init; } = 0.1;

    /// <summary>What keeps the division from zero; positive. Default 1e-7.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "Adagrad";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Configuration => new Dictionary<string, object?>
    {
        ["name"] = Name,
        ["learning_rate"] = LearningRate,
        ["initial_accumulator_value"] = InitialAccumulatorValue,
        ["epsilon"] = Epsilon,
    };

    internal override ParameterUpdate Begin(int length) => new AdagradUpdate(this, length);

    internal override void Validate()
    {
        base.Validate();
        RequirePositive(Epsilon, nameof(Epsilon));
        if (!(InitialAccumulatorValue >= 0 && double.IsFinite(InitialAccumulatorValue)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(InitialAccumulatorValue), InitialAccumulatorValue, $"{nameof(InitialAccumulatorValue)} must be 0 or more.");
        }
    }
}
