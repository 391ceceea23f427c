using System.Globalization;
using Npgsql;

namespace MLflowSharp.Stores.Sql.Postgres;

/// <summary>Turns PostgreSQL's error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) into sentences that say what to do.</summary>
internal static class PostgresErrors
{
    public static MlflowException Translate(NpgsqlException error, string name, TimeSpan waited) => error switch
    {
        PostgresException refused => Translate(refused, name, waited),
        _ => new($"The database '{name}' cannot be reached, or the connection to it was lost ({error.Message}). What the call was to write is not stored, unless the "
            + "connection was lost in its last moment. Check that the server runs and can be reached from here, then repeat the call.", ErrorCode.TemporarilyUnavailable, error),
    };

    /// <summary>Whether the server has hung up or never answered.</summary>
    public static bool IsBroken(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        _ => error is NpgsqlException,
    };

    private static MlflowException Translate(PostgresException error, string name, TimeSpan waited)
    {
        var (what, code) = error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                $"The database '{name}' refused the login ({error.MessageText}). Check user and password in the tracking URI (percent-encoded), or PGPASSWORD.",
                ErrorCode.Unauthenticated),
            PostgresErrorCodes.InvalidCatalogName => (
                $"There is no database '{name}'. Create it (createdb), or correct the last part of the tracking URI.", ErrorCode.ResourceDoesNotExist),
            PostgresErrorCodes.InsufficientPrivilege => (
                $"The user may not do this in the database '{name}' ({error.MessageText}). Ask its owner for the rights to read and write MLflow's tables.", ErrorCode.PermissionDenied),
            PostgresErrorCodes.ReadOnlySqlTransaction => (
                $"The database '{name}' is read-only, perhaps a standby. Use the primary server; target_session_attrs=read-write chooses it among several.", ErrorCode.PermissionDenied),
            PostgresErrorCodes.LockNotAvailable => (
                $"The database '{name}' is locked by another program; waited {waited.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s. Repeat the call.",
                ErrorCode.TemporarilyUnavailable),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => (
                $"Other writers of the database '{name}' got in the way again and again ({error.MessageText}); nothing was written. Repeat the call.", ErrorCode.TemporarilyUnavailable),
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.TooManyConnections => (
                $"The database '{name}' does not serve at the moment ({error.MessageText}). Repeat the call later.", ErrorCode.TemporarilyUnavailable),
            PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => (
                $"The server of the database '{name}' has no room left ({error.MessageText}); nothing of this call was written. Free some, then repeat the call.", ErrorCode.ResourceExhausted),
            PostgresErrorCodes.UniqueViolation => (
                $"The database '{name}' has this already: another program wrote it at the same time ({error.MessageText}).", ErrorCode.ResourceAlreadyExists),
            PostgresErrorCodes.StringDataRightTruncation or PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.CharacterNotInRepertoire
                or PostgresErrorCodes.UntranslatableCharacter => (
                $"A value cannot be stored in the database '{name}': {error.MessageText}. Nothing of this call was written.", ErrorCode.InvalidParameterValue),
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => (
                $"The database '{name}' is damaged ({error.MessageText}). Its administrator has to restore a copy.", ErrorCode.DataLoss),
            _ => ($"The database '{name}' refused the operation: {error.MessageText} ({error.SqlState})", ErrorCode.InternalError),
        };
        return new(what, code, error);
    }
}
