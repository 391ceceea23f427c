using MLflowSharp.Artifacts.S3;

namespace MLflowSharp;

/// <summary>Settings of an <see cref="MlflowClient"/>.</summary>
public sealed record MlflowClientOptions
{
    /// <summary>Where times come from. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where generated run names come from. Default: the shared random generator.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// The MLflow version whose schema a <em>new</em> database gets: <c>2.15</c>, <c>2.22</c>, <c>3.3</c> (default) or <c>3.17</c>; in a file store
    /// the version that <em>new</em> files are written for: MLflow 2 reads those of 2.15 and 2.22 only, MLflow 3 reads all.
    /// An existing database is never changed. MLflow 3.7 and later upgrade an older database by themselves when they open it
    /// (observed with 3.17.2); every version refuses a newer one.
    /// </summary>
    public string DatabaseVersion { get; init; } = "3.3";

    /// <summary>How long to wait for a database that another process is writing to. Default: 20 seconds, as MLflow. At least one second is waited.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How many calls a database may work on at once, at least 1. Default: 1, enough for a program that logs; servers have more. With more than one a
    /// SQLite file on a disk of this machine gets a write-ahead log (https://sqlite.org/wal.html) while it is open, so that those who read and the one who
    /// writes do not wait for each other; what was written outlives the end of the process, however it ends, but the last moments may be lost with the
    /// power. On network file systems, which such a log cannot be on, one call waits for the other.
    /// </summary>
    public int Connections { get; init; } = 1;

    /// <summary>
    /// Folder or URI under which experiments created without an artifact location keep their artifacts. Default, as MLflow 3.17: what the
    /// environment variable <c>_MLFLOW_SERVER_ARTIFACT_ROOT</c> says, else <c>./mlruns</c> in the current folder.
    /// </summary>
    public string DefaultArtifactRoot { get; init; } =
        Environment.GetEnvironmentVariable("_MLFLOW_SERVER_ARTIFACT_ROOT") is { Length: > 0 } root ? root : "./mlruns";

    /// <summary>The journal, which keeps what is logged until the store has it. Default: on.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>How to speak to a tracking server; of no meaning for databases and folders.</summary>
    public MlflowHttpOptions Http { get; init; } = new();

    /// <summary>How to reach artifacts at <c>s3://bucket/path</c>; of no meaning for others.</summary>
    public S3ArtifactOptions S3 { get; init; } = new();

    /// <summary>Receives warnings, such as that a long parameter was truncated. Default: the standard error stream.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;

    /// <summary>How a notebook shows the settings: as their text, which has no secret.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };
}
