using System.Text.Json.Nodes;
using JupyterProtocol;
using JupyterProtocol.Client;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using NotebookTestRunner.Events;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>
/// Executes cells one after the other, collects what they show, and holds them to their time: at the limit a cell is
/// interrupted, and when that does not help, its kernel is ended.
/// </summary>
internal sealed class CellExecutor(
    KernelSession kernel, OutputCollector collector, RunOptions options, TimeProvider time, string notebookPath, IProgress<RunEvent>? progress)
{
    // Which cell a message belongs to. Those of background work keep coming after their cell is done.
    private readonly Dictionary<string, int> cellOfRequest = [];

    public async Task<CellExecution> ExecuteAsync(NotebookCell cell, CellLimit limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        kernel.Process.ForgetWords();
        using var abandoned = new CancellationTokenSource();
        var executing = kernel.Process.Client.ExecuteAsync(cell.Source, options: new ExecuteOptions { Input = kernel.Input }, cancellationToken: abandoned.Token);
        try
        {
            var execution = await FollowAsync(executing, cell.Number, limit.Duration, cancellationToken)
                ? await EndAsync(executing, cell)
                : await StopAsync(executing, cell, limit, cancellationToken.IsCancellationRequested);
            return execution with { Duration = time.GetElapsedTime(started) };
        }
        finally
        {
            await abandoned.CancelAsync();
        }
    }

    /// <summary>Takes in what the kernel publishes until the cell is done or the kernel gone; false when the time is up before.</summary>
    private async Task<bool> FollowAsync(Task executing, int cell, TimeSpan limit, CancellationToken cancellationToken)
    {
        var ended = Task.WhenAny(executing, kernel.Process.Exited);
        kernel.WakeAfter(ended);
        using var timeUp = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            while (!ended.IsCompleted) Take(await kernel.Published.ReadAsync(stop.Token), cell);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!ended.IsCompleted) return false;
        }
        while (kernel.Published.TryRead(out var message)) Take(message, cell);
        return true;
    }

    private async Task<CellExecution> EndAsync(Task<Message> executing, NotebookCell cell)
    {
        if (!executing.IsCompleted) return await DiedAsync($"while it executed cell {cell.Number} ({cell.FirstLine})");
        try
        {
            var reply = (await executing).Content;
            return new CellExecution { Duration = default, ExecutionCount = Count(reply), Error = ErrorOf(reply) };
        }
        catch (JupyterProtocolException error)
        {
            await kernel.KillAsync();
            return new CellExecution { Duration = default, Fault = $"The kernel's answer cannot be used, so it was ended: {error.Message}", KernelLost = true };
        }
    }

    private async Task<CellExecution> StopAsync(Task<Message> executing, NotebookCell cell, CellLimit limit, bool cancelled)
    {
        var breach = cancelled ? "was stopped" : limit.Breach;
        var advice = cancelled ? "" : " " + limit.Advice;
        using var grace = new CancellationTokenSource(options.InterruptGracePeriod, time);
        var interrupting = kernel.Process.InterruptAsync(grace.Token);
        if (!await FollowAsync(executing, cell.Number, options.InterruptGracePeriod, CancellationToken.None))
        {
            await kernel.KillAsync();
            var why = interrupting.IsFaulted ? $" ({interrupting.Exception.InnerException!.Message})" : "";
            return Stopped($"{breach} and did not give in to an interrupt within {CellLimit.Seconds(options.InterruptGracePeriod)}{why}; its kernel was ended.{advice}", lost: true);
        }
        if (!executing.IsCompleted) return Stopped($"{breach}; when interrupted, its kernel ended.{advice}", lost: true);

        // What the interrupted cell answers does not matter: an error, or that it got done at the last moment.
        var answered = await EndAsync(executing, cell);
        return Stopped($"{breach}; interrupted.{advice}", answered.KernelLost) with { ExecutionCount = answered.ExecutionCount };

        CellExecution Stopped(string fault, bool lost) => new() { Duration = default, Fault = fault, KernelLost = lost, Cancelled = cancelled };
    }

    private async Task<CellExecution> DiedAsync(string when)
    {
        var death = $"The kernel {kernel.Process.Kernel.Name} died with {ExitCodes.Describe(await kernel.Process.Exited)} {when}.";
        var words = kernel.Process.LastWords;
        return new CellExecution
        {
            Duration = default,
            Fault = words.Length == 0 ? $"{death} It left no message." : $"{death} Its last words:\n{words}",
            Death = death,
            KernelLost = true,
        };
    }

    private void Take(Message? message, int running)
    {
        if (message is not { ParentHeader: { MessageType: "execute_request" } request } || kernel.IsHidden(message)) return;
        if (!cellOfRequest.TryGetValue(request.MessageId, out var cell)) cell = cellOfRequest[request.MessageId] = running;
        collector.Add(cell, message.MessageType, message.Content);
        if (message.MessageType == "stream" && MultilineText.TryJoin(message.Content["text"]) is { } text)
            progress?.Report(new CellPrinted(notebookPath, cell, text));
    }

    private static int? Count(JsonObject reply) =>
        reply["execution_count"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : null;

    internal static ErrorOutput? ErrorOf(JsonObject reply) => MultilineText.TryJoin(reply["status"]) switch
    {
        "ok" => null,
        "error" => new ErrorOutput(
            MultilineText.TryJoin(reply["ename"]) ?? "Error", MultilineText.TryJoin(reply["evalue"]) ?? "",
            reply["traceback"] is JsonArray lines ? [.. lines.Select(line => MultilineText.TryJoin(line) ?? "")] : []),
        var status => new ErrorOutput("NotExecuted", $"the kernel answered with status \"{status}\" instead of executing the cell", []),
    };
}
