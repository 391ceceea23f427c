using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>Turns SQLite's result codes (https://sqlite.org/rescode.html) into sentences that say what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>SQLITE_READONLY.</summary>
    public const int ReadOnly = 8;

    /// <summary>SQLITE_READONLY_DBMOVED.</summary>
    public const int ReadOnlyDatabaseMoved = 1032;

    /// <summary>Another file has taken the place of an open database, and cannot be opened yet.</summary>
    public static MlflowException Replaced(string path, string advice) => new(
        $"The database '{path}' was replaced by another file while it was open; nothing of this call was written. {advice} Repeat the call later.", ErrorCode.TemporarilyUnavailable);

    public static MlflowException Translate(SqliteException error, string path, TimeSpan waited) => error.SqliteErrorCode switch
    {
        5 or 6 => new($"The database '{path}' is locked by another process; waited {waited.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s. "
            + "Close the program that is writing to it (or wait for it), then repeat the call.", ErrorCode.TemporarilyUnavailable, error),
        ReadOnly when error.SqliteExtendedErrorCode == ReadOnlyDatabaseMoved => new($"The database '{path}' was moved or deleted while it was open; nothing was written. "
            + "Put it back, or start again with a new MlflowClient (in a notebook: restart the kernel; of a server: start it again).", ErrorCode.InvalidState, error),
        ReadOnly => new($"The database '{path}' is read-only. Make the file and its folder writable, or choose another place with Mlflow.SetTrackingUri.",
            ErrorCode.PermissionDenied, error),
        10 => new($"Reading or writing the database '{path}' failed ({error.Message}). Check the disk and that the folder still exists.",
            ErrorCode.InternalError, error),
        11 => new($"The database '{path}' is damaged ({error.Message}). Restore a copy, or rescue what is left with: sqlite3 '{path}' .recover",
            ErrorCode.DataLoss, error),
        13 => new($"The disk (or quota) that holds the database '{path}' is full; nothing of this call was written. Free some space, then repeat the call.",
            ErrorCode.ResourceExhausted, error),
        14 => new($"The database '{path}' cannot be opened: check that its folder exists and that you may read and write there, "
            + "or choose another place with Mlflow.SetTrackingUri.", ErrorCode.PermissionDenied, error),
        26 => new($"'{path}' is not a SQLite database. Choose another file name with Mlflow.SetTrackingUri, for instance sqlite:///mlflow.db.",
            ErrorCode.InvalidParameterValue, error),
        _ => new($"The database '{path}' refused the operation: {error.Message}", ErrorCode.InternalError, error),
    };
}
