namespace MLflowSharp.Projects.Sweeps;

/// <summary>One of a sweep's trials.</summary>
/// <param name="Number">Which, from 1 on.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Parameters">What it tried.</param>
/// <param name="Status">How it ended; one that was stopped early is KILLED.</param>
/// <param name="Value">The metric's last value; null when there is none.</param>
/// <param name="IsStoppedEarly">Whether the median rule stopped it.</param>
public sealed record SweepTrial(int Number, string RunId, IReadOnlyDictionary<string, string> Parameters, RunStatus Status, double? Value, bool IsStoppedEarly);
