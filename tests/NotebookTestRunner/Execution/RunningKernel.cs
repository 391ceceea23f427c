using System.Text.Json.Nodes;
using JupyterProtocol;
using JupyterProtocol.Client;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>A notebook's kernel as checks see it.</summary>
/// <param name="session">The kernel.</param>
/// <param name="timeout">How long it may take to answer: as long as a cell of the notebook without a limit of its own.</param>
/// <param name="gracePeriod">How long it may take to give in to an interrupt.</param>
internal sealed class RunningKernel(KernelSession session, TimeSpan timeout, TimeSpan gracePeriod) : IRunningKernel
{
    public event Action<Message>? Published
    {
        add => session.Process.Client.Published += value;
        remove => session.Process.Client.Published -= value;
    }

    public int ProcessId => session.Process.ProcessId;

    public string Language =>
        session.Process.Info.Content["language_info"] is JsonObject language && language["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : "";

    public Func<string, bool, CancellationToken, Task<string>>? Input
    {
        get => session.Input;
        set => session.Input = value;
    }

    public void Send(string messageType, JsonObject content, IReadOnlyList<byte[]>? buffers = null) => session.Process.Client.Send(messageType, content, buffers);

    /// <summary>Waits for an answer as long as a cell may run, and interrupts the kernel then, so that it is there for the next.</summary>
    private async Task<Message> InTimeAsync(Task<Message> executing, CancellationToken cancellationToken)
    {
        try
        {
            return await executing.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            await session.Process.InterruptAsync(cancellationToken);
            await Task.WhenAny(executing, Task.Delay(gracePeriod, cancellationToken));
            throw new NotebookRunException($"The kernel ran longer than {CellLimit.Seconds(timeout)} on what it was asked, and was interrupted.");
        }
    }

    public async Task<Evaluation> EvaluateAsync(string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        try
        {
            var collector = new OutputCollector();
            var silently = new ExecuteOptions { StoreHistory = false };
            var executing = session.Process.WithExitAsync(session.Process.Client.ExecuteAsync(code, Take, silently, cancellationToken: cancellationToken));
            var reply = await InTimeAsync(executing, cancellationToken);
            return new(collector.Outputs(0), CellExecutor.ErrorOf(reply.Content));

            void Take(Message message)
            {
                session.Hide(message);
                collector.Add(0, message.MessageType, message.Content);
            }
        }
        catch (Exception error) when (error is JupyterProtocolException or ObjectDisposedException)
        {
            throw new NotebookRunException($"The kernel could not be asked: {error.Message}", error);
        }
    }
}
