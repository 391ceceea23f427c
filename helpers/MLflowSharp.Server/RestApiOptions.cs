using System.Globalization;
using MLflowSharp.Server.Users;

namespace MLflowSharp.Server;

/// <summary>Settings of a <see cref="RestApi"/>.</summary>
public sealed record RestApiOptions
{
    /// <summary>What the web pages ask to know which features the store has: <c>SqlStore</c> (default) or <c>FileStore</c>.</summary>
    public string StoreType { get; init; } = "SqlStore";

    /// <summary>
    /// Folder or URI of the artifacts that clients send and get through the server, those of the locations <c>mlflow-artifacts:/…</c>. Default:
    /// null, the server passes none on, as MLflow's with <c>--no-serve-artifacts</c>.
    /// </summary>
    public string? ArtifactsDestination { get; init; }

    /// <summary>How the server reaches storages of artifacts, such as S3.</summary>
    public MlflowClientOptions StorageOptions { get; init; } = new();

    /// <summary>
    /// For how long an address to read a file from S3 past the server holds, when the client does not say: 1 second to 7 days. Default:
    /// <c>MLFLOW_PRESIGNED_DOWNLOAD_URL_TTL_SECONDS</c>, else 300 seconds.
    /// </summary>
    public TimeSpan PresignedDownloadUrlValidity { get; init; } =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("MLFLOW_PRESIGNED_DOWNLOAD_URL_TTL_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 300);

    /// <summary>
    /// The folder of MLflow's own web pages, <c>mlflow/server/js/build</c> in an installed MLflow, to serve them as well. Default: null, none.
    /// </summary>
    public string? PagesFolder { get; init; }

    /// <summary>
    /// How many bytes of memory may keep answers that pages which stay open ask for again and again, see docs/operating.md. Default: 64 MiB, which are
    /// taken only while such pages are open; 0 keeps nothing.
    /// </summary>
    public long CacheBytes { get; init; } = 64 << 20;

    /// <summary>What users may, where there are users.</summary>
    internal Permissions? Permissions { get; init; }

    /// <summary>The MLflow version that the server says it is. Default: the one whose answers were recorded for its tests.</summary>
    public string Version { get; init; } = "3.17.2";

    /// <summary>Receives what went wrong inside the server, one text for each answer with a status of 500 or more but 501. Default: the standard error stream.</summary>
    public Action<string> OnError { get; init; } = Console.Error.WriteLine;
}
