namespace MLflowSharp.TorchSharp;

/// <summary>The settings of an optimizer: how a network's parameters follow their gradients.</summary>
/// <remarks>Settings only: a <see cref="Trainer"/> keeps the state that grows during training, so one record serves many trainers.</remarks>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>How large a step is; positive. Default 0.001, as in Keras.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>The optimizer's name, as Keras gives it: <c>Adam</c>, <c>Adagrad</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The settings under Keras's names, as automatic logging writes them with the prefix <c>opt_</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> Configuration { get; }

    /// <summary>Begins the state of one parameter tensor.</summary>
    /// <param name="length">The number of values in the tensor.</param>
    internal abstract ParameterUpdate Begin(int length);

    /// <summary>Refuses settings that no training can use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range; the message names it.</exception>
    internal virtual void Validate() => RequirePositive(LearningRate, nameof(LearningRate));

    private protected static void RequirePositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a positive number.");
    }

    private protected static void RequireDecay(double value, string name)
    {
        if (!(value is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and below 1.");
    }
}
