namespace MLflowSharp.TorchSharp;

/// <summary>How to train; the names and defaults are those of Keras's <c>fit</c> unless said otherwise.</summary>
public sealed record FitOptions
{
    /// <summary>How many times all training rows are gone through; at least 1. Default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>How many rows the network learns from at once; at least 1. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// The share of the rows, taken from the end before any shuffling, that is set aside to measure each epoch; at least 0, below 1.
    /// Default 0: no validation.
    /// </summary>
    public double ValidationSplit { get; init; }

    /// <summary>Whether the training rows are put into a new order before each epoch. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>What the orders are drawn from. The same seed, data and network give the same numbers on the same machine. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Who is told of each batch; null for nobody. Default: a line on the console.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; } = new ConsoleProgress();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (!(ValidationSplit is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ValidationSplit), ValidationSplit, $"{nameof(ValidationSplit)} must be at least 0 and below 1, such as 0.1.");
        }
    }
}
