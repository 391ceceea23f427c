namespace MLflowSharp;

/// <summary>
/// Settings of the journal: what is logged is first appended to a file of this process, then moved to the store in the background, so that a
/// killed process or an unreachable store loses nothing.
/// </summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Whether there is a journal. Without it each call goes to the store and returns when the store has answered. Default: on, unless the
    /// environment variable <c>MLFLOWSHARP_JOURNAL</c> is <c>false</c> or <c>0</c>.
    /// </summary>
    public bool Enabled { get; init; } = Environment.GetEnvironmentVariable("MLFLOWSHARP_JOURNAL")?.Trim().ToUpperInvariant() is not ("FALSE" or "0" or "OFF" or "NO");

    /// <summary>
    /// Folder under which journals are kept, each store's in a folder of its own. Default: the environment variable
    /// <c>MLFLOWSHARP_JOURNAL_FOLDER</c>; null for beside a local store (<c>mlflow.db.journals</c>), and for a server in the user's state folder
    /// (<c>$XDG_STATE_HOME/mlflowsharp/journals</c>, <c>~/.local/state/…</c>; Windows: <c>%LOCALAPPDATA%</c>; macOS: <c>~/Library/Application Support</c>).
    /// </summary>
    public string? Folder { get; init; } = Environment.GetEnvironmentVariable("MLFLOWSHARP_JOURNAL_FOLDER") is { Length: > 0 } folder ? folder : null;

    /// <summary>
    /// Whether each record is forced to the disk (fsync) before the call returns. Default: false, which survives the end of the process however it
    /// comes, but may lose the last seconds when the machine loses power. True costs as much as the disk takes, often a millisecond a call.
    /// </summary>
    public bool FlushToDisk { get; init; }

    /// <summary>How long metrics may wait to be written together. Default: 100 milliseconds. Calls that wait for the store, and reads, do not wait for this.</summary>
    public TimeSpan WriteDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a call that waits for the store's answer (parameters, tags, inputs, the end of a run) waits before it leaves its data to the
    /// background, with a warning; the calls after it do not wait until the store has answered something. Default: 30 seconds.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long disposing a client, or the end of the process, waits for the store before the rest is left to the next process. Default: 10 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
