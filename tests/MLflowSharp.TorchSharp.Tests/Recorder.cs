namespace MLflowSharp.TorchSharp.Tests;

/// <summary>Passes each report on at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Recorder(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
