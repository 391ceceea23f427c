namespace MLflowSharp.Copying;

/// <summary>What is copied, and who hears of it.</summary>
/// <param name="ExperimentNames">Names of the experiments; null for all active ones that have something in them.</param>
/// <param name="Tell">Takes lines for people.</param>
internal sealed record CopyOptions(IReadOnlyList<string>? ExperimentNames, Action<string> Tell);
