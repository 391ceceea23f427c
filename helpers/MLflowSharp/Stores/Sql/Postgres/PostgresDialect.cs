using System.Data.Common;
using Npgsql;

namespace MLflowSharp.Stores.Sql.Postgres;

/// <summary>
/// PostgreSQL through Npgsql, in the schema that comes first in the user's search path, as SQLAlchemy chooses it. A lock is waited for as long
/// as <see cref="MlflowClientOptions.BusyTimeout"/> says.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    // Any number will do that no other program locks with; this one is the start of "mlflow" in ASCII.
    private const long CreationLock = 0x6D6C666C6F77;

    private readonly TimeSpan _busyTimeout;
    private readonly string _connectionString;
    private readonly int _connections;

    public PostgresDialect(string uri, MlflowClientOptions options)
    {
        _busyTimeout = options.BusyTimeout < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : options.BusyTimeout;
        var builder = PostgresUri.Parse(uri);
        Name = $"postgresql://{builder.Username}@{builder.Host}:{builder.Port}/{builder.Database}";
        // One connection that stays open, and statements that the server keeps prepared once they came twice.
        builder.Pooling = false;
        builder.MaxAutoPrepare = 100;
        builder.AutoPrepareMinUsages = 2;
        builder.KeepAlive = 30;
        builder.CommandTimeout = 0;
        _connectionString = builder.ConnectionString;
        _connections = Math.Max(1, options.Connections);
    }

    public override string Name { get; }

    public override string Schemas => "postgresql";

    public override string UriForUpgrade => Name;

    public override string ColumnsQuery =>
        "SELECT c.relname::text, a.attname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        + "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid "
        + "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped";

    public override string IndexQuery => "SELECT 1 FROM pg_catalog.pg_indexes WHERE schemaname = current_schema() AND indexname = $1";

    // Which transactions are seen: two that see the same ones see the same rows.
    public override string StateQuery => "SELECT pg_current_snapshot()::text";

    public override bool IsRemote => true;

    public override int Readers => _connections;

    public override int Writers => _connections;

    public override void Leave(SqlSession session)
    {
        // Nothing was changed.
    }

    public override DbConnection Connect(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = FormattableString.Invariant($"SET lock_timeout = {(long)_busyTimeout.TotalMilliseconds}");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void Begin(SqlSession session, bool writes, CancellationToken cancellationToken) =>
        session.Execute(writes ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    public override void Commit(SqlSession session, CancellationToken cancellationToken) => session.Execute("COMMIT");

    public override void Interrupt(DbConnection connection, DbCommand running) => running.Cancel();

    // Without names the parameters are taken by position.
    public override string ParameterName(int number) => "";

    public override void LockForCreation(SqlSession session) => session.Execute("SELECT pg_advisory_xact_lock($1)", CreationLock);

    // Without an escape character, a backslash stands for itself as it does in SQLite.
    public override string Like(string column, string pattern) => $"{column} LIKE {pattern} ESCAPE ''";

    // As in SQLite, only the letters A to Z have two cases: the same search finds the same runs in either database.
    public override string ILike(string column, string pattern) => $"lower({column} COLLATE \"C\") LIKE lower({pattern} COLLATE \"C\") ESCAPE ''";

    public override string Matches(string column, string pattern) => $"{column} ~ {pattern}";

    public override string In(string column, string list) => $"{column} = ANY ({list})";

    public override object TextList(string[] texts) => texts;

    public override object NumberList(long[] numbers) => numbers;

    public override string InsertionOrder(string alias) => $"{alias}.ctid";

    public override bool Raised(Exception error) => error is NpgsqlException;

    public override MlflowException Translate(Exception error) => PostgresErrors.Translate((NpgsqlException)error, Name, _busyTimeout);

    public override bool HasRolledBack(Exception error) => false;

    public override bool MayRepeat(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public override bool IsBroken(Exception error) => PostgresErrors.IsBroken(error);
}
