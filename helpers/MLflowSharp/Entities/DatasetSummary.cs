namespace MLflowSharp;

/// <summary>A dataset that runs of an experiment used, as MLflow's pages list it.</summary>
/// <param name="ExperimentId">Identifier of the experiment.</param>
/// <param name="Name">Name of the dataset.</param>
/// <param name="Digest">Fingerprint of its content.</param>
/// <param name="Context">How it was used (train, eval, …); null when no run said.</param>
public sealed record DatasetSummary(string ExperimentId, string Name, string Digest, string? Context);
