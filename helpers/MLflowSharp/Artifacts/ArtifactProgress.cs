namespace MLflowSharp.Artifacts;

/// <summary>How far the copying of one file is.</summary>
/// <param name="File">The artifact's path.</param>
/// <param name="Bytes">How many bytes are done, those of an earlier interrupted copy included. A retry may begin again at less.</param>
/// <param name="Total">How many there are; null as long as the storage has not told.</param>
public readonly record struct ArtifactProgress(string File, long Bytes, long? Total)
{
    /// <summary>Whether the file is done.</summary>
    public bool IsWhole => Bytes == Total;
}
