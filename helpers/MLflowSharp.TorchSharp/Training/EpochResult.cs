namespace MLflowSharp.TorchSharp;

/// <summary>What one epoch of training gave.</summary>
/// <param name="Epoch">The epoch, counted from 0.</param>
/// <param name="Loss">The mean loss over the epoch's batches, each measured before the network learned from it.</param>
/// <param name="Accuracy">The accuracy over the epoch's batches, measured likewise, 0 to 1.</param>
/// <param name="ValidationLoss">The mean loss of the validation rows after the epoch; null when none were set aside.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation rows after the epoch; null when none were set aside.</param>
/// <param name="Elapsed">How long the epoch took, validation included.</param>
public sealed record EpochResult(
    int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, TimeSpan Elapsed);
