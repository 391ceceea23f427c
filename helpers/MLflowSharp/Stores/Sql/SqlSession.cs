using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MLflowSharp.Stores.Sql.Sqlite;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// One connection with its prepared statements. Parameters are written <c>$1</c>, <c>$2</c>, … in the statement, in the order of first use:
/// PostgreSQL counts, SQLite takes the names.
/// </summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IDisposable
{
    /// <summary>Statements written in our code are far fewer; the bound is for whoever builds statements and does not use <see cref="QueryBuilt"/>.</summary>
    private const int MaxPrepared = 256;

    /// <summary>Of statements that callers' searches make, few come again and again.</summary>
    private const int MaxBuilt = 32;

    private static long _count;

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private readonly Dictionary<string, DbCommand> _built = [];
    private readonly Dictionary<string, SqliteStatement> _repeated = [];
    private volatile DbCommand? _running;
    private CancellationToken _cancellation;

    /// <summary>Tells this connection from all others of the process.</summary>
    public long Ordinal { get; } = Interlocked.Increment(ref _count);

    /// <summary>What differs between the kinds of database.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>The connection, for what only one kind of database can do.</summary>
    public DbConnection Connection => connection;

    /// <summary>Executes a statement that returns no rows.</summary>
    /// <returns>The number of rows inserted, changed or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Prepare(sql, values);
        _running = command;
        return command.ExecuteNonQuery();
    }

    /// <summary>Executes a statement once for each row of values: over a network all at once, which takes one round trip.</summary>
    /// <returns>The number of rows inserted, changed or deleted in all.</returns>
    public int ExecuteMany(string sql, IReadOnlyCollection<object?[]> rows)
    {
        if (rows.Count == 0)
            return 0;
        if (connection is SqliteConnection file)
        {
            _cancellation.ThrowIfCancellationRequested();
            return Repeated(file, sql).Execute(rows);
        }

        using var batch = connection.CreateBatch();
        foreach (var values in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var value in values)
            {
                var parameter = command.CreateParameter();
                parameter.Value = ToParameter(value);
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        return batch.ExecuteNonQuery();
    }

    /// <summary>A statement of SQLite's that stays prepared, for what is executed again and again.</summary>
    public SqliteStatement Repeated(SqliteConnection file, string sql)
    {
        if (!_repeated.TryGetValue(sql, out var statement))
            _repeated.Add(sql, statement = new(file, sql));
        return statement;
    }

    /// <summary>First column of the first row as a whole number; null when there is no row or the value is NULL.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) =>
        Scalar(sql, values) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    /// <summary>First column of the first row as text; null when there is no row or the value is NULL.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> values) => (string?)Scalar(sql, values);

    /// <summary>Whether there is a row.</summary>
    public bool Any(string sql, params ReadOnlySpan<object?> values) => Scalar(sql, values) is not null;

    /// <summary>All rows.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) =>
        ReadAll(Prepare(sql, values), read);

    /// <summary>Shows all rows to an action, one after another.</summary>
    public void ForEach(string sql, Action<DbDataReader> action, params ReadOnlySpan<object?> values)
    {
        var command = Prepare(sql, values);
        _running = command;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            action(reader);
    }

    /// <summary>Shows all rows to an action, for statements that give very many.</summary>
    public void ForEachRow(string sql, Action<SqlRow> action, params ReadOnlySpan<object?> values)
    {
        SqlRow? current = null;
        ForEach(sql, row => action(current ??= new SqlRow(row)), values);
    }

    /// <summary>All rows of a statement that gives very many.</summary>
    public List<T> QueryMany<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        ForEachRow(sql, row => rows.Add(read(row)), values);
        return rows;
    }

    /// <summary>Rows of a statement that was put together for a search, of which there are any number.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="skip">How many rows are passed over.</param>
    /// <param name="take">After how many more nothing is read.</param>
    public List<T> QueryBuilt<T>(string sql, Func<DbDataReader, T> read, IEnumerable<object?> values, long skip = 0, long take = long.MaxValue) =>
        ReadAll(Prepare(_built, MaxBuilt, sql, [.. values]), read, skip, take);

    /// <summary>Executes a script of several statements.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = Create(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Does something whose statements are given up, the running one too, when it is cancelled.</summary>
    public T Cancellable<T>(Func<T> action, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        try
        {
            using var registration = cancellationToken.Register(Interrupt);
            return action();
        }
        finally
        {
            _cancellation = CancellationToken.None;
        }
    }

    public void Dispose()
    {
        Forget(_prepared);
        Forget(_built);
        foreach (var statement in _repeated.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private void Interrupt()
    {
        if (_running is { } running)
            dialect.Interrupt(connection, running);
    }

    private object? Scalar(string sql, ReadOnlySpan<object?> values)
    {
        var command = Prepare(sql, values);
        _running = command;
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    private List<T> ReadAll<T>(DbCommand command, Func<DbDataReader, T> read, long skip = 0, long take = long.MaxValue)
    {
        _running = command;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (rows.Count < take && reader.Read())
        {
            if (skip-- <= 0)
                rows.Add(read(reader));
        }

        return rows;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<object?> values) => Prepare(_prepared, MaxPrepared, sql, values);

    private DbCommand Prepare(Dictionary<string, DbCommand> kept, int most, string sql, ReadOnlySpan<object?> values)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!kept.TryGetValue(sql, out var command))
        {
            if (kept.Count == most)
                Forget(kept);
            command = Create(sql);
            for (var i = 0; i < values.Length; i++)
                AddParameter(command);
            kept.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = ToParameter(values[i]);
        return command;
    }

    private static object ToParameter(object? value) => value is string text ? Characters.Check(text) : value ?? DBNull.Value;

    private DbParameter AddParameter(DbCommand command)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = dialect.ParameterName(command.Parameters.Count + 1);
        command.Parameters.Add(parameter);
        return parameter;
    }

    private DbCommand Create(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static void Forget(Dictionary<string, DbCommand> kept)
    {
        foreach (var command in kept.Values)
            command.Dispose();
        kept.Clear();
    }
}
