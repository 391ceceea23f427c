namespace JupyterProtocol.Client;

/// <summary>How code is executed (https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute).</summary>
public sealed record ExecuteOptions
{
    /// <summary>Ask for no output and no change of the execution count. Default false.</summary>
    public bool Silent { get; init; }

    /// <summary>Keep the code in the kernel's history. Default true.</summary>
    public bool StoreHistory { get; init; } = true;

    /// <summary>Abort requests already queued when this one fails. Default true.</summary>
    public bool StopOnError { get; init; } = true;

    /// <summary>Called when the reply has arrived, on the socket thread; outputs may still follow until the kernel says that it is idle.</summary>
    public Action? Replied { get; init; }

    /// <summary>Answers the kernel's questions: prompt and whether it is a password, to the answer. Without it the kernel may not ask.</summary>
    public Func<string, bool, CancellationToken, Task<string>>? Input { get; init; }
}
