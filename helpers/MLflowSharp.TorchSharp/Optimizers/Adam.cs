namespace MLflowSharp.TorchSharp;

/// <summary>
/// Adam: steps along a running mean of the gradients, divided by the root of a running mean of their squares
/// (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1; the same as PyTorch's <c>torch.optim.Adam</c>).
/// </summary>
public sealed record Adam : Optimizer
{
    /// <summary>The decay of the running mean of gradients; at least 0, below 1. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the running mean of squared gradients; at least 0, below 1. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps the division from zero; positive. Default 1e-7, as in Keras (PyTorch: 1e-8).</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "Adam";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Configuration => new Dictionary<string, object?>
    {
        ["name"] = Name,
        ["learning_rate"] = LearningRate,
        ["beta_1"] = Beta1,
        ["beta_2"] = Beta2,
        ["epsilon"] = Epsilon,
        ["amsgrad"] = false,
    };

    internal override ParameterUpdate Begin(int length) => new AdamUpdate(this, length);

    internal override void Validate()
    {
        base.Validate();
        RequireDecay(Beta1, nameof(Beta1));
        RequireDecay(Beta2, nameof(Beta2));
        RequirePositive(Epsilon, nameof(Epsilon));
    }
}
