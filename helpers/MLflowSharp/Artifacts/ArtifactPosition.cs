namespace MLflowSharp.Artifacts;

/// <summary>A place in a file that was read before, where reading can go on.</summary>
/// <param name="Offset">How many bytes are there already; 0 or more.</param>
/// <param name="Version">The <see cref="ArtifactContent.Version"/> that they are of; null when the storage told none.</param>
/// <param name="Length">The size of the whole file then; null when it was not known.</param>
public sealed record ArtifactPosition(long Offset, string? Version, long? Length);
