using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>
/// SQLite: a file, or a database in memory that lives as long as its connection. A write is an immediate transaction, so that it never has to
/// give way to another after it has begun. The journal mode is left as found (new: SQLite's own "delete", as MLflow), because write-ahead
/// logging must not be used on network file systems. With several connections to a local file it is "wal" while they are open.
/// </summary>
internal sealed class SqliteDialect(string path, MlflowClientOptions options) : SqlDialect
{
    // Taken when needed: a search of ten thousand runs touches some 50 MB of tables and indexes, at random.
    private const int CacheKibibytes = 65536;

    // A file that is still being copied must not be opened.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    // With one connection nobody reads while it writes: a write-ahead log would bring little.
    private readonly bool _isLogged = options.Connections > 1 && path != SqliteUri.InMemory && IsLocal(path);
    private bool _wasDelete;
    private sqlite3? _open;

    private readonly TimeSpan _busyTimeout = options.BusyTimeout < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : options.BusyTimeout;

    public override string Name => path;

    public override string Schemas => "sqlite";

    public override string UriForUpgrade => $"sqlite:///{path}";

    public override string ColumnsQuery =>
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite/_%' ESCAPE '/'";

    public override string IndexQuery => "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = $1";

    public override string StateQuery => SqliteFile.StateQuery;

    public override bool IsRemote => false;

    public override int Readers => _isLogged ? options.Connections : 1;

    public override int Writers => 1;

    public override DbConnection Connect(CancellationToken cancellationToken)
    {
        // Of two files of one name, one log must not serve both.
        if (_open is { IsClosed: false } other && HasMoved(other))
            throw Moved();
        if (path != SqliteUri.InMemory)
            CreateFolder();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = (int)_busyTimeout.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            connection.CreateFunction<string?, string?, bool>("regexp", IsMatch, isDeterministic: true);
            Execute(connection, FormattableString.Invariant(
                $"PRAGMA busy_timeout={SqliteLocks.SliceMilliseconds}; PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON; PRAGMA cache_size=-{CacheKibibytes}"), cancellationToken);
            if (_isLogged)
                LogAhead(connection);
            _open = connection.Handle;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A transaction that reads takes its lock here too, and not with its first statement.
    public override void Begin(SqlSession session, bool writes, CancellationToken cancellationToken)
    {
        if (!writes)
            SqliteLocks.Execute(session, "BEGIN", _busyTimeout, cancellationToken);
        SqliteLocks.Execute(session, writes ? "BEGIN IMMEDIATE" : "SELECT 1 FROM sqlite_master LIMIT 1", _busyTimeout, cancellationToken);
    }

    public override void Commit(SqlSession session, CancellationToken cancellationToken)
    {
        // Without a write-ahead log SQLite looks itself when it writes, and refuses; else it goes on with a file that nobody can open any more.
        if (HasMoved(((SqliteConnection)session.Connection).Handle!))
            throw Moved();
        SqliteLocks.Execute(session, "COMMIT", _busyTimeout, cancellationToken);
    }

    // Fails while another program has the file open; the log then stays as it is, which is no loss.
    public override void Leave(SqlSession session)
    {
        if (_wasDelete)
            JournalMode((SqliteConnection)session.Connection, "delete");
    }

    public override bool WasReplaced(Exception error) =>
        error is SqliteException { SqliteExtendedErrorCode: SqliteErrors.ReadOnlyDatabaseMoved } && File.Exists(path);

    // What the old file's log holds goes into the old file: the new one has its log under the same name, and SQLite would take this for it.
    public override void Abandon(SqlSession session)
    {
        if (options.TimeProvider.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) is var age && age >= TimeSpan.Zero && age < Quiet)
            throw SqliteErrors.Replaced(path, "It is opened when nothing has written to the new one for a second.");
        if (_isLogged && session.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)) is not [0])
            throw SqliteErrors.Replaced(path, "Another program has the old one open, too: end it, or start the server again, before anything is written.");
    }

    public override void Interrupt(DbConnection connection, DbCommand running) => raw.sqlite3_interrupt(((SqliteConnection)connection).Handle);

    public override string ParameterName(int number) => FormattableString.Invariant($"${number}");

    public override void LockForCreation(SqlSession session)
    {
        // An immediate transaction is alone already.
    }

    public override string Like(string column, string pattern) => $"{column} LIKE {pattern}";

    public override string ILike(string column, string pattern) => $"lower({column}) LIKE lower({pattern})";

    // SQLite has the operator, and leaves what it does to whoever opens the database.
    public override string Matches(string column, string pattern) => $"{column} REGEXP {pattern}";

    public override string In(string column, string list) => $"{column} IN (SELECT value FROM json_each({list}))";

    public override object TextList(string[] texts) => JsonSerializer.Serialize(texts, SqliteJson.Default.StringArray);

    public override object NumberList(long[] numbers) => JsonSerializer.Serialize(numbers, SqliteJson.Default.Int64Array);

    public override string InsertionOrder(string alias) => $"{alias}.rowid";

    public override bool Raised(Exception error) => error is SqliteException;

    public override MlflowException Translate(Exception error) => SqliteErrors.Translate((SqliteException)error, path, _busyTimeout);

    public override bool HasRolledBack(Exception error) => error is SqliteException { SqliteErrorCode: 1 };

    public override bool MayRepeat(Exception error) => false;

    public override bool IsBroken(Exception error) => false;

    private bool HasMoved(sqlite3 open) => path != SqliteUri.InMemory && SqliteFile.HasMoved(open, path);

    private static SqliteException Moved() => new("database file is gone", SqliteErrors.ReadOnly, SqliteErrors.ReadOnlyDatabaseMoved);

    // An engine that never looks back: no pattern makes it slow.
    private static bool IsMatch(string? pattern, string? text) => pattern is not null && text is not null && Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private void Execute(DbConnection connection, string sql, CancellationToken cancellationToken) =>
        SqliteLocks.Execute((SqliteConnection)connection, sql, _busyTimeout, cancellationToken);

    // A commit then waits for no disk: the log has it when the process ends in whatever way, and the disk at the next checkpoint.
    private void LogAhead(SqliteConnection connection)
    {
        var found = JournalMode(connection, "");
        if (found == "wal" || JournalMode(connection, "wal") == "wal")
        {
            _wasDelete |= found == "delete";
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle!, "PRAGMA synchronous=NORMAL"), connection.Handle!);
        }
    }

    // Where another connection is in the way, the mode stays as it was.
    private static string JournalMode(SqliteConnection connection, string wanted)
    {
        using var command = connection.CreateCommand();
        command.CommandText = wanted.Length == 0 ? "PRAGMA journal_mode" : $"PRAGMA journal_mode={wanted}";
        try
        {
            return (string)command.ExecuteScalar()!;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return "busy";
        }
    }

    private static bool IsLocal(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && !Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder);
        return folder is not null && new DriveInfo(folder).DriveType is DriveType.Fixed or DriveType.Ram;
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
        // SQLite makes a file that everybody may read; one that is there keeps its mode, and what SQLite makes beside it has the same.
        if (!File.Exists(path))
            PrivateFiles.TryCreate(path);
    }
}

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long[]))]
internal sealed partial class SqliteJson : JsonSerializerContext;
