using System.Text;
using Microsoft.Data.Sqlite;
using MLflowSharp.Validation;
using SQLitePCL;

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>
/// A prepared statement that is executed for many rows. Microsoft.Data.Sqlite looks up the name of each parameter for each row, and binds anew what
/// has not changed, which costs as much as the insertion; here a value that is the same object as in the row before stays bound.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MaxOnStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly object?[] _bound;

    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement; its parameters <c>$1</c>, <c>$2</c>, … first stand in this order.</param>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
        _bound = new object?[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>Executes it once for each row of values, inside a transaction that writes.</summary>
    /// <returns>The number of rows inserted, changed or deleted in all.</returns>
    public int Execute(IReadOnlyCollection<object?[]> rows)
    {
        // Of values from before, only the references are known: nothing of them counts as bound.
        Array.Clear(_bound);
        raw.sqlite3_clear_bindings(_statement);
        var changed = 0;
        foreach (var values in rows)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (!ReferenceEquals(values[i], _bound[i]))
                    Check(Bind(i + 1, _bound[i] = values[i]));
            }

            var code = raw.sqlite3_step(_statement);
            raw.sqlite3_reset(_statement);
            Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
            changed += raw.sqlite3_changes(_database);
        }

        return changed;
    }

    /// <summary>Executes it once, without values and without looking at rows.</summary>
    /// <returns>SQLite's code; 0 for success.</returns>
    public int TryExecute()
    {
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        return code is raw.SQLITE_ROW or raw.SQLITE_DONE ? raw.SQLITE_OK : code;
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, index),
        string text => Bind(index, text),
        double number => raw.sqlite3_bind_double(_statement, index, number),
        long number => raw.sqlite3_bind_int64(_statement, index, number),
        int number => raw.sqlite3_bind_int64(_statement, index, number),
        bool truth => raw.sqlite3_bind_int64(_statement, index, truth ? 1 : 0),
        _ => throw new ArgumentException($"A value of type {value.GetType()} cannot be stored.", nameof(value)),
    };

    private int Bind(int index, string text)
    {
        Characters.Check(text);
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= MaxOnStack ? stackalloc byte[length] : new byte[length];
        return raw.sqlite3_bind_text(_statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
