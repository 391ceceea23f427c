using Microsoft.Data.Sqlite;

namespace MLflowSharp.Stores.Sqlite;

/// <summary>One connection with its prepared statements. Parameters are written <c>$1</c>, <c>$2</c>, … in the statement.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>Executes a statement that returns no rows.</summary>
    /// <returns>The number of rows inserted, changed or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>First column of the first row; null when there is no row or the value is NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is var value and not DBNull ? value : null;

    /// <summary>All rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) =>
        ReadAll(Prepare(sql, values), read);

    /// <summary>All rows of a statement that is not worth keeping prepared.</summary>
    public List<T> QueryOnce<T>(string sql, Func<SqliteDataReader, T> read, IEnumerable<object?> values)
    {
        using var command = Create(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue($"${command.Parameters.Count + 1}", value ?? DBNull.Value);
        return ReadAll(command, read);
    }

    /// <summary>Executes a script of several statements.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = Create(sql);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private static List<T> ReadAll<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Create(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
