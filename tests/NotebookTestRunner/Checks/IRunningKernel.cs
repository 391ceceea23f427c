using System.Text.Json.Nodes;
using JupyterProtocol.Messages;

namespace NotebookTestRunner.Checks;

/// <summary>A kernel while it runs a notebook, seen from outside.</summary>
public interface IRunningKernel
{
    /// <summary>The operating system's number of its process.</summary>
    int ProcessId { get; }

    /// <summary>The language of its cells as the kernel calls it, such as <c>C#</c> or <c>python</c>.</summary>
    string Language { get; }

    /// <summary>Executes code between cells. What it shows does not become an output of the notebook, and its execution is not counted.</summary>
    /// <param name="code">The code, in the kernel's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What it showed, and the error it ended with.</returns>
    /// <exception cref="NotebookRunException">
    /// The kernel is gone, its answer cannot be used, or the code ran longer than a cell may (<see cref="RunOptions.CellTimeout"/>,
    /// otherwise the settings' <c>timeout</c>) and was interrupted.
    /// </exception>
    Task<Evaluation> EvaluateAsync(string code, CancellationToken cancellationToken);

    /// <summary>Every message the kernel publishes, its comm messages among them; raised on the connection's thread, so handlers must be quick.</summary>
    event Action<Message>? Published;

    /// <summary>Sends a message that has no reply, such as <c>comm_msg</c>, as a front end would.</summary>
    /// <param name="messageType">Its type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="buffers">Its binary buffers.</param>
    void Send(string messageType, JsonObject content, IReadOnlyList<byte[]>? buffers = null);

    /// <summary>
    /// Answers the questions of cells (<c>input</c>, <c>password</c>): the prompt and whether it is a password, to the answer. Null, as at first:
    /// the kernel is told that it may not ask.
    /// </summary>
    Func<string, bool, CancellationToken, Task<string>>? Input { get; set; }
}
