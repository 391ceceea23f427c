namespace MLflowSharp.Projects.Sweeps;

/// <summary>What a sweep found.</summary>
/// <param name="RunId">The parent of all its runs, by which it can be resumed.</param>
/// <param name="Trials">The trials, by number.</param>
/// <param name="Best">The best trial that finished; null when none did, or nothing is compared.</param>
public sealed record SweepResult(string RunId, IReadOnlyList<SweepTrial> Trials, SweepTrial? Best);
