namespace JupyterProtocol;

/// <summary>Something on Jupyter's wire, or in the files around it, is not as the protocol says. The message tells what, where, and what to do.</summary>
public class JupyterProtocolException : Exception
{
    /// <summary>Creates the exception with a message for the reader.</summary>
    public JupyterProtocolException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the reader and the failure beneath it.</summary>
    public JupyterProtocolException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
