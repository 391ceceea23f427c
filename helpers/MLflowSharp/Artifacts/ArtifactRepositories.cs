using MLflowSharp.Artifacts.Local;
using MLflowSharp.Artifacts.S3;

namespace MLflowSharp.Artifacts;

/// <summary>Chooses the repository for an artifact URI, and keeps the connections that repositories share.</summary>
internal sealed class ArtifactRepositories(MlflowClientOptions options) : IDisposable
{
    private readonly S3Clients _s3 = new(options.S3);

    /// <summary>The repository whose folder the URI names. Nothing is contacted.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not one; NOT_IMPLEMENTED for a kind of storage that is not supported.</exception>
    public IArtifactRepository Get(string artifactUri)
    {
        if (ArtifactUri.ToLocalPath(artifactUri) is { } folder)
            return new LocalArtifactRepository(folder);
        return ArtifactUri.SchemeOf(artifactUri) switch
        {
            "s3" => new S3ArtifactRepository(artifactUri, _s3),
            var scheme => throw NotSupported(artifactUri, scheme),
        };
    }

    public void Dispose() => _s3.Dispose();

    private static MlflowException NotSupported(string artifactUri, string scheme)
    {
        var what = scheme switch
        {
            "gs" => "Google's storage, which also answers to S3: use s3:// with MLFLOW_S3_ENDPOINT_URL=https://storage.googleapis.com and an HMAC key",
            "wasbs" or "abfss" => "Azure's storage",
            "r2" or "b2" => "a storage that speaks S3: use s3:// with its address in MLFLOW_S3_ENDPOINT_URL",
            "hdfs" or "viewfs" => "Hadoop's file system; mount it and use its path",
            "dbfs" or "uc" => "Databricks' storage",
            "ftp" or "sftp" => "a file server; mount it and use its path",
            _ => "an unknown kind of storage",
        };
        return new(
            $"Artifacts at '{ArtifactUri.WithoutSecrets(artifactUri)}' cannot be reached: {scheme}: names {what}. Supported are local folders, file:, s3:, mlflow-artifacts:, http: and https:. "
            + "For everything else, let a tracking server stand in between: mlflow server --artifacts-destination <that storage>, whose experiments keep their artifacts at mlflow-artifacts:/.",
            ErrorCode.NotImplemented);
    }
}
