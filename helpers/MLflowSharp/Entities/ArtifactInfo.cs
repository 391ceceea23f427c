namespace MLflowSharp;

/// <summary>One entry of an artifact listing: MLflow's <c>FileInfo</c>, named so that it does not collide with <see cref="System.IO.FileInfo"/>.</summary>
/// <param name="Path">Path relative to the run's artifact folder, with forward slashes.</param>
/// <param name="IsDirectory">Whether it is a folder.</param>
/// <param name="FileSize">Size in bytes; null for a folder.</param>
public sealed record ArtifactInfo(string Path, bool IsDirectory, long? FileSize);
