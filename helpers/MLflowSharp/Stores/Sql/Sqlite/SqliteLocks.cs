using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>
/// Executes what may have to wait for locks of other processes. SQLite's own waiting cannot be given up: it is left to it for a short while at a
/// time, between which the caller is asked.
/// </summary>
internal static class SqliteLocks
{
    /// <summary>For how long SQLite itself waits.</summary>
    public const int SliceMilliseconds = 50;

    private const int PrimaryCode = 0xFF;

    /// <summary>Executes a statement that may be executed again as long as the database is busy.</summary>
    /// <exception cref="SqliteException">Among others when the time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; nothing was executed.</exception>
    public static void Execute(SqliteConnection connection, string sql, TimeSpan timeout, CancellationToken cancellationToken) =>
        Execute(connection.Handle!, () => raw.sqlite3_exec(connection.Handle!, sql), timeout, cancellationToken);

    /// <summary>Executes a statement that may be executed again as long as the database is busy, and is executed in each transaction.</summary>
    /// <exception cref="SqliteException">Among others when the time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; nothing was executed.</exception>
    public static void Execute(SqlSession session, string sql, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)session.Connection;
        Execute(connection.Handle!, session.Repeated(connection, sql).TryExecute, timeout, cancellationToken);
    }

    private static void Execute(sqlite3 database, Func<int> tryExecute, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = tryExecute();
            if ((code & PrimaryCode) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || Stopwatch.GetElapsedTime(began) >= timeout)
            {
                SqliteException.ThrowExceptionForRC(code, database);
                return;
            }

            // Where SQLite says at once that it is of no use to wait.
            cancellationToken.WaitHandle.WaitOne(1);
        }
    }
}
