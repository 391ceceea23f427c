namespace MLflowSharp.Maintenance;

/// <summary>What is removed for good.</summary>
/// <param name="OlderThan">Only what was deleted at least so long ago.</param>
/// <param name="DryRun">Remove nothing, only tell.</param>
/// <param name="Tell">Takes a line for each item.</param>
internal sealed record GarbageOptions(TimeSpan OlderThan, bool DryRun, Action<string> Tell);
