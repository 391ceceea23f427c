using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>
/// Two programs and one database: while one has begun to write, the other must be kept out, and let in afterwards. Within one program that
/// would say nothing, as SQLite keeps its own list there (https://sqlite.org/lockingv3.html, https://sqlite.org/howtocorrupt.html).
/// </summary>
internal static class LockTrial
{
    /// <summary>The word that makes this program the second one; the file follows.</summary>
    public const string Word = "__try-locks";

    private const string Kept = "kept out", Let = "let in";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Tries it in a folder and leaves nothing there.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public static string? Run(string folder)
    {
        var file = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}.db");
        try
        {
            using var connection = Open(file);
            // As the store does: a log beside the database where the disk is this machine's own.
            if (new DriveInfo(folder).DriveType is DriveType.Fixed or DriveType.Ram)
                Execute(connection, "PRAGMA journal_mode=wal");
            Execute(connection, "CREATE TABLE trial (value); BEGIN IMMEDIATE; INSERT INTO trial VALUES (1)");
            using var other = Process.Start(new ProcessStartInfo(Dotnet, [Path.Combine(AppContext.BaseDirectory, "Tutorial.Cli.dll"), Word, file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var meanwhile = Answer(other);
            Execute(connection, "COMMIT");
            other.StandardInput.WriteLine();
            var afterwards = Answer(other);
            if (!other.WaitForExit(Patience))
                other.Kill();
            return meanwhile == Let ? "a second program could write while the first one did"
                : meanwhile != Kept ? $"a second program could not ask for the lock: {meanwhile}"
                : afterwards != Let ? $"a second program is still kept out after the first one has ended: {afterwards}"
                : null;
        }
        catch (Exception fault) when (fault is SqliteException or Win32Exception || Faults.Fault.IsOfFiles(fault))
        {
            return fault.Message;
        }
        finally
        {
            foreach (var ending in (string[])["", "-wal", "-shm", "-journal"])
                Remove(file + ending);
        }
    }

    /// <summary>The second program: says how it fares while the first one writes, and, when a line comes, afterwards.</summary>
    /// <param name="file">The database.</param>
    /// <param name="input">Where the line comes from.</param>
    /// <param name="output">Where it says it.</param>
    public static void BeSecond(string file, TextReader input, TextWriter output)
    {
        using var connection = Open(file);
        output.WriteLine(Try(connection));
        output.Flush();
        input.ReadLine();
        output.WriteLine(Try(connection));
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet");

    private static string Try(SqliteConnection connection)
    {
        try
        {
            Execute(connection, "BEGIN IMMEDIATE; ROLLBACK");
            return Let;
        }
        catch (SqliteException fault)
        {
            return fault.SqliteErrorCode == raw.SQLITE_BUSY ? Kept : fault.Message;
        }
    }

    private static string? Answer(Process process)
    {
        var line = process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result ?? process.StandardError.ReadToEnd().Trim() : "no answer";
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception fault) when (Faults.Fault.IsOfFiles(fault))
        {
            // The folder itself is in the way of more than this, which the trial tells.
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle!, sql), connection.Handle!);
}
