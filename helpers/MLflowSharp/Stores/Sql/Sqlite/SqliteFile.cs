using System.Runtime.InteropServices;
using SQLitePCL;

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>Whether the file that a connection has open is still the one of its name, and whether it was written.</summary>
internal static partial class SqliteFile
{
    /// <summary>
    /// A text that differs when the file was written since a connection was asked last: what others wrote changes the first number, what the connection
    /// itself wrote the second (https://sqlite.org/pragma.html#pragma_data_version).
    /// </summary>
    public const string StateQuery = "SELECT data_version || '.' || total_changes() FROM pragma_data_version";

    // https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMovedControl = 20;

    private static volatile bool _isUnknown;

    /// <summary>Whether a file was deleted, moved away or replaced by another of its name since it was opened.</summary>
    public static bool HasMoved(sqlite3 database, string path)
    {
        if (_isUnknown)
            return !File.Exists(path);
        try
        {
            var moved = 0;
            return Control(database, "main", HasMovedControl, ref moved) == raw.SQLITE_OK && moved != 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A host that finds SQLite for its wrapper alone.
            _isUnknown = true;
            return !File.Exists(path);
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int Control(sqlite3 database, string name, int operation, ref int argument);
}
