namespace MLflowSharp.Artifacts;

/// <summary>A file that is being read. Dispose it to let go of the file or connection.</summary>
/// <param name="stream">The content from <paramref name="offset"/> on.</param>
/// <param name="offset">Where the stream begins: what was asked for, or 0 when the file changed or the storage cannot begin elsewhere.</param>
/// <param name="length">Size of the whole file in bytes; null when the storage does not tell.</param>
/// <param name="version">What changes with the content, such as an HTTP entity tag; null when the storage tells none.</param>
/// <param name="md5">MD5 checksum of the whole file, 16 bytes; null when the storage tells none.</param>
/// <param name="owner">What else is disposed with the stream, such as the HTTP response.</param>
public sealed class ArtifactContent(Stream stream, long offset, long? length, string? version = null, byte[]? md5 = null, IDisposable? owner = null) : IDisposable
{
    /// <summary>The content from <see cref="Offset"/> on. It may hold less than announced when the connection breaks.</summary>
    public Stream Stream { get; } = stream;

    /// <summary>Where the stream begins, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>Size of the whole file in bytes; null when the storage does not tell.</summary>
    public long? Length { get; } = length;

    /// <summary>What changes with the content; null when the storage tells nothing of the kind.</summary>
    public string? Version { get; } = version;

    /// <summary>MD5 checksum of the whole file; null when the storage tells none.</summary>
    public ReadOnlyMemory<byte>? Md5 { get; } = md5 is null ? default(ReadOnlyMemory<byte>?) : md5.AsMemory();

    /// <summary>Closes the stream and what it came through.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        owner?.Dispose();
    }
}
