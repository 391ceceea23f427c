namespace MLflowSharp.Maintenance;

/// <summary>Something that was deleted, and is in the store still.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="ExperimentId">The experiment it is in, or is.</param>
/// <param name="ArtifactLocation">Where its files are.</param>
/// <param name="Deleted">When it was deleted; null when the store does not know.</param>
internal sealed record DeletedItem(DeletedKind Kind, string Id, string Name, string ExperimentId, string ArtifactLocation, DateTimeOffset? Deleted);
