using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>What is to be sent: a file, or a short text in memory. It can be read again from any place, for retries and for parts.</summary>
internal sealed class UploadSource
{
    private readonly Func<Stream> _open;

    private UploadSource(Func<Stream> open, long length) => (_open, Length) = (open, length);

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    public static UploadSource Of(string localFile)
    {
        try
        {
            // Opened once, so that what cannot be read is refused before the storage hears of it.
            using var file = Open(localFile);
            return new(() => Open(localFile), file.Length);
        }
        catch (FileNotFoundException missing)
        {
            throw new MlflowException($"No such file: '{localFile}'. Nothing was logged.", ErrorCode.ResourceDoesNotExist, missing);
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"The file '{localFile}' cannot be read, so it was not logged", error);
        }
    }

    public static UploadSource Of(byte[] content, int length) => new(() => new MemoryStream(content, 0, length, writable: false), length);

    /// <summary>All of it.</summary>
    public Stream OpenRead() => _open();

    /// <summary>A part of it.</summary>
    public Stream OpenRead(long offset, long length) => new PartStream(_open(), offset, length);

    private static FileStream Open(string localFile) => new(localFile, new FileStreamOptions
    {
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete,
    });
}
