namespace MLflowSharp.TorchSharp;

/// <summary>How far a training has come, reported after each batch and once more when an epoch's validation is done.</summary>
/// <param name="Epoch">The epoch, counted from 0.</param>
/// <param name="Epochs">The number of epochs to train.</param>
/// <param name="Batch">The number of batches trained in this epoch.</param>
/// <param name="Batches">The number of batches of an epoch.</param>
/// <param name="Loss">The mean training loss of this epoch so far.</param>
/// <param name="Accuracy">The share of this epoch's training rows so far that were classified rightly, 0 to 1.</param>
/// <param name="ValidationLoss">The mean loss of the validation rows; set when the epoch is finished and there are such rows.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation rows; set together with <paramref name="ValidationLoss"/>.</param>
/// <param name="Elapsed">The time since this epoch began.</param>
/// <param name="Remaining">The time that the rest of the training will take at the pace so far.</param>
/// <param name="EpochFinished">Whether this is the epoch's last report.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    double Loss,
    double Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    TimeSpan Elapsed,
    TimeSpan Remaining,
    bool EpochFinished);
