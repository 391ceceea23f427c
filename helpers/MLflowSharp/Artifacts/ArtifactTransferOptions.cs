namespace MLflowSharp.Artifacts;

/// <summary>How files are copied to and from artifact storage.</summary>
public sealed record ArtifactTransferOptions
{
    /// <summary>Is told how far each file is, about once a megabyte and when it is done. It may be called from several threads.</summary>
    public IProgress<ArtifactProgress>? Progress { get; init; }

    /// <summary>How many files, or parts of a large one, are copied at once; 1 or more. Default: twice the number of processors, at most 20, as MLflow.</summary>
    public int Parallelism { get; init; } = Math.Min(20, 2 * Environment.ProcessorCount);

    /// <summary>
    /// Whether an upload leaves out files that are there already with the same content (as far as the storage tells, by checksum or else by
    /// size) and the parts of a large file that an interrupted upload has sent. Default: false, everything is sent. Downloads always go on
    /// where an interrupted one stopped when the original is unchanged.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>From which size on, in bytes, a file is sent in parts where the storage can do so. Default: 16 MiB; at least 5 MiB, which S3 demands.</summary>
    public long MultipartThreshold { get; init; } = 16L << 20;

    /// <summary>Size of a part in bytes, at least 5 MiB. Larger ones are used where a file would have more than 10,000 parts. Default: what <c>MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE</c> says, else 10 MiB as MLflow.</summary>
    public long PartSize { get; init; } =
        long.TryParse(Environment.GetEnvironmentVariable("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"), out var size) ? size : 10L << 20;

    /// <summary>How often a broken connection may be taken up again without a single byte arriving in between; 0 or more. Default: 5.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>
    /// Whether parts of large files go around the tracking server, straight to its storage, where the server offers that. Default: what
    /// <c>MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD</c> and <c>MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD</c> say, else what the server says of itself.
    /// </summary>
    public bool? AroundTheServer { get; init; }

    /// <summary>How many parts a file may have at most, S3's limit.</summary>
    internal const int MostParts = 10_000;

    /// <summary>How large the parts of a file are, in bytes.</summary>
    internal long PartSizeFor(long length) => Math.Max(PartSize, (length + MostParts - 1) / MostParts);

    internal static ArtifactTransferOptions Of(ArtifactTransferOptions? options)
    {
        options ??= new();
        const long SmallestPart = 5L << 20;
        if (options.Parallelism < 1)
            throw MlflowException.Invalid($"The parallelism of a transfer is {options.Parallelism}; it must be 1 or more.");
        if (options.Retries < 0)
            throw MlflowException.Invalid($"The number of retries of a transfer is {options.Retries}; it must be 0 or more.");
        if (options.PartSize < SmallestPart || options.MultipartThreshold < SmallestPart)
            throw MlflowException.Invalid($"Parts of an upload must have 5 MiB (5242880 bytes) or more, and so must a file that is sent in parts. Got {options.PartSize} and {options.MultipartThreshold}.");
        return options;
    }
}
