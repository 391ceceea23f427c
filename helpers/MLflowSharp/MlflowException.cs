namespace MLflowSharp;

/// <summary>An operation of MLflow failed; the message says what, where and what to do next.</summary>
public sealed class MlflowException : Exception
{
    /// <summary>Makes an exception with a code.</summary>
    /// <param name="message">What went wrong, where, and what to do next.</param>
    /// <param name="errorCode">MLflow's error code.</param>
    /// <param name="innerException">What caused it, if another exception did.</param>
    public MlflowException(string message, ErrorCode errorCode, Exception? innerException = null)
        : base(message, innerException) => ErrorCode = errorCode;

    /// <summary>Makes an exception with the code INTERNAL_ERROR.</summary>
    public MlflowException()
        : this("MLflow failed without saying why.", ErrorCode.InternalError)
    {
    }

    /// <summary>Makes an exception with the code INTERNAL_ERROR.</summary>
    /// <param name="message">What went wrong.</param>
    public MlflowException(string message)
        : this(message, ErrorCode.InternalError)
    {
    }

    /// <summary>Makes an exception with the code INTERNAL_ERROR.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public MlflowException(string message, Exception innerException)
        : this(message, ErrorCode.InternalError, innerException)
    {
    }

    /// <summary>MLflow's error code.</summary>
    public ErrorCode ErrorCode { get; }

    internal static MlflowException Invalid(string message) => new(message, ErrorCode.InvalidParameterValue);

    internal static MlflowException Missing(string message) => new(message, ErrorCode.ResourceDoesNotExist);
}
