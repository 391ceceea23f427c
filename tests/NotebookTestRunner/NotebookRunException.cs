namespace NotebookTestRunner;

/// <summary>
/// Why a notebook could not be run at all: its file cannot be read or is no notebook, its kernel is not installed or does
/// not start. The message is one sentence that says what, where and what to do.
/// </summary>
public sealed class NotebookRunException : Exception
{
    /// <summary>Creates the exception with a message for the reader.</summary>
    public NotebookRunException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a message of its own.</summary>
    public NotebookRunException() : this("The notebook could not be run.")
    {
    }

    /// <summary>Creates the exception with a message for the reader.</summary>
    public NotebookRunException(string message) : this(message, null)
    {
    }
}
