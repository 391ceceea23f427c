using Microsoft.Data.Sqlite;

namespace MLflowSharp.Stores.Sqlite;

/// <summary>
/// MLflow's SQLite database: opened on first use, created whole if the file is new, checked otherwise. One connection,
/// one caller at a time; each write is one immediate transaction. The journal mode is left as found (new: SQLite's own
/// "delete", as MLflow), because write-ahead logging must not be used on network file systems.
/// </summary>
internal sealed class SqliteDatabase(string path, MlflowClientOptions options, Action<SqliteSession> initialize) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _busyTimeout = options.BusyTimeout < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : options.BusyTimeout;
    private SqliteSession? _session;
    private bool _disposed;

    /// <summary>Columns that only some schema versions have, as <c>table.column</c>.</summary>
    public HashSet<string> OptionalColumns { get; } = [];

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(session => InTransaction(session, "BEGIN", body), cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(session => InTransaction(session, "BEGIN IMMEDIATE", body), cancellationToken);

    public Task WriteAsync(Action<SqliteSession> body, CancellationToken cancellationToken) =>
        WriteAsync(session =>
        {
            body(session);
            return true;
        }, cancellationToken);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _session?.Dispose();
            _session = null;
        }
    }

    private static T InTransaction<T>(SqliteSession session, string begin, Func<SqliteSession, T> body)
    {
        session.Execute(begin);
        try
        {
            var result = body(session);
            session.Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack(session);
            throw;
        }
    }

    private static void RollBack(SqliteSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 1)
        {
            // SQLite has already rolled back by itself, as it does after "disk full"; the first error is the one to report.
        }
    }

    // SQLite has no asynchronous input and output: the work is done here and a completed task returned.
    private Task<T> RunAsync<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_lock)
                return Task.FromResult(body(_session ??= Open()));
        }
        catch (SqliteException error)
        {
            return Task.FromException<T>(SqliteErrors.Translate(error, path, _busyTimeout));
        }
        catch (Exception error) when (error is MlflowException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return Task.FromException<T>(error);
        }
    }

    private SqliteSession Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(MlflowClient));
        CreateFolder();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = (int)_busyTimeout.TotalSeconds,
        }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.ExecuteScript(FormattableString.Invariant(
                $"PRAGMA busy_timeout={(int)_busyTimeout.TotalMilliseconds}; PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON"));
            if (IsEmpty(session))
                InTransaction(session, "BEGIN IMMEDIATE", Create);
            Check(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void CreateFolder()
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MlflowException(
                $"The folder '{folder}' of the database cannot be created ({error.Message}). Choose another place with Mlflow.SetTrackingUri.",
                ErrorCode.PermissionDenied, error);
        }

        if (Directory.Exists(path))
            throw MlflowException.Invalid($"'{path}' is a folder; the tracking URI must name a file, for instance sqlite:///mlflow.db.");
    }

    private static bool IsEmpty(SqliteSession session) => session.Scalar("SELECT 1 FROM sqlite_master LIMIT 1") is null;

    private bool Create(SqliteSession session)
    {
        // Another process may have created it between the look and the lock.
        if (!IsEmpty(session))
            return false;
        var (ddl, revision) = SchemaRevision.Read(options.DatabaseVersion);
        session.ExecuteScript(ddl);
        session.Execute("INSERT INTO alembic_version (version_num) VALUES ($1)", revision);
        ReadOptionalColumns(session);
        initialize(session);
        return true;
    }

    private void Check(SqliteSession session)
    {
        var tables = session.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0)).ToHashSet();
        string[] needed = ["alembic_version", "experiments", "experiment_tags", "runs", "params", "tags", "metrics", "latest_metrics", "datasets", "inputs", "input_tags"];
        if (needed.FirstOrDefault(table => !tables.Contains(table)) is { } missing)
        {
            throw MlflowException.Invalid(
                $"'{path}' is a SQLite database, but not one of MLflow 2.14.3 or later (it has no table '{missing}'). "
                + "Choose another file with Mlflow.SetTrackingUri; an older MLflow database is brought up to date by: "
                + $"mlflow db upgrade sqlite:///{path}");
        }

        var revision = session.Scalar("SELECT version_num FROM alembic_version") as string;
        if (revision is null || SchemaRevision.ReleasesOf(revision) is null)
        {
            throw new MlflowException(
                $"The database '{path}' has schema revision '{revision ?? "none"}', which is not known here; it is left untouched. "
                + $"Known: {SchemaRevision.Table}. If it is older than these, upgrade a copy of it with: mlflow db upgrade sqlite:///{path}. "
                + "If it is newer, use an MLflowSharp that knows it, or a database of your own.", ErrorCode.InvalidState);
        }

        ReadOptionalColumns(session);
    }

    private void ReadOptionalColumns(SqliteSession session)
    {
        OptionalColumns.Clear();
        foreach (var table in (string[])["experiments", "inputs"])
        {
            OptionalColumns.UnionWith(
                session.Query("SELECT name FROM pragma_table_info($1)", row => $"{table}.{row.GetString(0)}", table));
        }
    }
}
