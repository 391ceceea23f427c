namespace MLflowSharp.TorchSharp;

/// <summary>What a training gave, epoch by epoch.</summary>
/// <param name="Epochs">The epochs in their order.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs)
{
    /// <summary>The training loss of each epoch.</summary>
    public IReadOnlyList<double> Loss => [.. Epochs.Select(epoch => epoch.Loss)];

    /// <summary>The training accuracy of each epoch, 0 to 1.</summary>
    public IReadOnlyList<double> Accuracy => [.. Epochs.Select(epoch => epoch.Accuracy)];

    /// <summary>The validation loss of each epoch; empty when no rows were set aside for validation.</summary>
    public IReadOnlyList<double> ValidationLoss => [.. Epochs.Select(epoch => epoch.ValidationLoss).OfType<double>()];

    /// <summary>The validation accuracy of each epoch, 0 to 1; empty when no rows were set aside for validation.</summary>
    public IReadOnlyList<double> ValidationAccuracy => [.. Epochs.Select(epoch => epoch.ValidationAccuracy).OfType<double>()];
}
