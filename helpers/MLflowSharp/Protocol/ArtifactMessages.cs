namespace MLflowSharp.Protocol;

/// <summary>An artifact in a listing. Listings of runs give paths from the run's folder, listings of the proxy give bare names.</summary>
internal sealed record FileInfoMessage
{
    public string? Path { get; set; }

    public bool? IsDir { get; set; }

    public long? FileSize { get; set; }

    public static FileInfoMessage From(ArtifactInfo info) => new() { Path = info.Path, IsDir = info.IsDirectory, FileSize = info.FileSize };

    public ArtifactInfo ToEntity() => new(Path ?? "", IsDir ?? false, IsDir == true ? null : FileSize);
}

/// <summary>GET artifacts/list.</summary>
internal sealed record ListArtifactsRequest
{
    public string? RunId { get; set; }

    public string? RunUuid { get; set; }

    public string? Path { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>GET logged-models/{model_id}/artifacts/directories.</summary>
internal sealed record ListLoggedModelArtifactsRequest
{
    public string? ModelId { get; set; }

    public string? ArtifactDirectoryPath { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>GET mlflow-artifacts/artifacts.</summary>
internal sealed record ListProxiedArtifactsRequest
{
    public string? Path { get; set; }
}

/// <summary>Answer of the three listings; the proxy gives only <see cref="Files"/>.</summary>
internal sealed record ListArtifactsResponse
{
    public string? RootUri { get; set; }

    public IReadOnlyList<FileInfoMessage>? Files { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>POST mlflow-artifacts/mpu/create/{path}.</summary>
internal sealed record CreateMultipartUploadRequest
{
    public string? Path { get; set; }

    public long? NumParts { get; set; }
}

/// <summary>Where one part of a file goes.</summary>
internal sealed record MultipartUploadCredentialMessage
{
    public string? Url { get; set; }

    public long? PartNumber { get; set; }

    public IReadOnlyDictionary<string, string>? Headers { get; set; }
}

/// <summary>Answer of mpu/create.</summary>
internal sealed record CreateMultipartUploadResponse
{
    public string? UploadId { get; set; }

    public IReadOnlyList<MultipartUploadCredentialMessage>? Credentials { get; set; }
}

/// <summary>A part that arrived.</summary>
internal sealed record MultipartUploadPartMessage
{
    public long? PartNumber { get; set; }

    public string? Etag { get; set; }

    public string? Url { get; set; }
}

/// <summary>POST mlflow-artifacts/mpu/complete/{path}; without parts, mpu/abort/{path}.</summary>
internal sealed record CompleteMultipartUploadRequest
{
    public string? Path { get; set; }

    public string? UploadId { get; set; }

    public IReadOnlyList<MultipartUploadPartMessage>? Parts { get; set; }
}

/// <summary>Answer of mlflow-artifacts/presigned/{path} (MLflow 3.10).</summary>
internal sealed record PresignedDownloadResponse
{
    public string? Url { get; set; }

    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    public long? FileSize { get; set; }
}

/// <summary>POST artifacts/presigned-upload-url (MLflow 3.12) and artifacts/presigned-download-url (MLflow 3.17).</summary>
internal sealed record PresignedUrlRequest
{
    public string? RunId { get; set; }

    public string? Path { get; set; }

    public long? Expiration { get; set; }

    public string? ModelId { get; set; }
}

/// <summary>Answer of the two presigned URLs; the size is known for downloads only.</summary>
internal sealed record PresignedUrlResponse
{
    public string? PresignedUrl { get; set; }

    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    public long? FileSize { get; set; }
}
