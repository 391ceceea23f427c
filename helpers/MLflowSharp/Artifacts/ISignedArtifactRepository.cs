namespace MLflowSharp.Artifacts;

/// <summary>
/// A storage that others may be let into for a while, at addresses signed for one file each: what is large need not pass through the server that signs
/// (https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/).
/// </summary>
internal interface ISignedArtifactRepository : IArtifactRepository
{
    /// <summary>Begins a file that comes in parts; nothing is to be seen of it before it is complete.</summary>
    /// <param name="artifactFile">Where to, for instance <c>model/weights.bin</c>.</param>
    /// <param name="count">How many parts it has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SignedParts> BeginPartsAsync(string artifactFile, int count, CancellationToken cancellationToken = default);

    /// <summary>Makes a file of the parts that have come.</summary>
    /// <param name="artifactFile">The file.</param>
    /// <param name="uploadId">What <see cref="BeginPartsAsync"/> gave.</param>
    /// <param name="parts">Numbers of the parts, from 1, each with the entity tag that the storage answered.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST: there is no such upload; INVALID_PARAMETER_VALUE: a part has not come.</exception>
    Task CompletePartsAsync(string artifactFile, string uploadId, IReadOnlyList<(int Number, string Tag)> parts, CancellationToken cancellationToken = default);

    /// <summary>Gives a file in parts up; those that came are deleted.</summary>
    /// <param name="artifactFile">The file.</param>
    /// <param name="uploadId">What <see cref="BeginPartsAsync"/> gave.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task AbortPartsAsync(string artifactFile, string uploadId, CancellationToken cancellationToken = default);

    /// <summary>Signs an address to read a file at.</summary>
    /// <param name="artifactFile">The file.</param>
    /// <param name="validity">For how long: one second to seven days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<SignedAddress> SignReadAsync(string artifactFile, TimeSpan validity, CancellationToken cancellationToken = default);

    /// <summary>Signs an address to write a file at, whole.</summary>
    /// <param name="artifactFile">Where to.</param>
    /// <param name="validity">For how long: one second to seven days.</param>
    Task<SignedAddress> SignWriteAsync(string artifactFile, TimeSpan validity);
}
