using System.Net.Sockets;

namespace MLflowSharp.Journal.Delivery;

/// <summary>What an error of the store means for a record that waits in the journal.</summary>
internal enum StoreVerdict
{
    /// <summary>The store looked at the record and does not want it, now or later.</summary>
    Refused,

    /// <summary>The store cannot be reached or cannot take anything at present.</summary>
    Unavailable,

    /// <summary>Either: a server's fault that this record provokes, missing rights, a damaged database.</summary>
    Unclear,
}

/// <summary>Judges errors of stores.</summary>
internal static class StoreVerdicts
{
    public static StoreVerdict Of(Exception error) => error switch
    {
        MlflowException { ErrorCode: ErrorCode.InvalidParameterValue or ErrorCode.ResourceDoesNotExist or ErrorCode.ResourceAlreadyExists
            or ErrorCode.AlreadyExists or ErrorCode.BadRequest or ErrorCode.NotImplemented } => StoreVerdict.Refused,
        MlflowException { ErrorCode: ErrorCode.TemporarilyUnavailable or ErrorCode.DeadlineExceeded or ErrorCode.RequestLimitExceeded or ErrorCode.ResourceExhausted }
            or HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException => StoreVerdict.Unavailable,
        _ => StoreVerdict.Unclear,
    };

    /// <summary>The error as the client's own kind.</summary>
    public static MlflowException AsMlflow(Exception error) => error as MlflowException
        ?? new MlflowException(error.Message, Of(error) == StoreVerdict.Unavailable ? ErrorCode.TemporarilyUnavailable : ErrorCode.InternalError, error);
}
