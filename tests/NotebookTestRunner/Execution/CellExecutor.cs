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
    private readonly OutputIntake intake = new(collector, options.OutputLimit, notebookPath, progress);
    private IdleWatch watch = null!;

    public async Task<CellExecution> ExecuteAsync(NotebookCell cell, CellLimit limit, CancellationToken cancellationToken)
    {
        kernel.Process.ForgetWords();
        intake.Begin(cell.Number);
        using var abandoned = new CancellationTokenSource();
        await using var idle = new IdleWatch(options.InterruptGracePeriod, time);
        watch = idle;
        kernel.Memory.Begin();
        var started = time.GetTimestamp();
        var executing = kernel.Process.Client.ExecuteAsync(cell.Source, options: new ExecuteOptions { Input = kernel.Input, Replied = idle.Replied }, cancellationToken: abandoned.Token);
        try
        {
            var execution = await FollowAsync(executing, cell.Number, limit.Duration, cancellationToken)
                ? await EndAsync(executing, cell)
                : await StopAsync(executing, cell, limit, cancellationToken);
            execution = execution with { Duration = time.GetElapsedTime(started) };
            return execution with { PeakMemory = kernel.Memory.End(), Excess = intake.Excess };
        }
        finally
        {
            await abandoned.CancelAsync();
        }
    }

    /// <summary>Takes in what the kernel publishes until the cell is done or the kernel gone; false when the time is up before.</summary>
    private async Task<bool> FollowAsync(Task executing, int cell, TimeSpan limit, CancellationToken cancellationToken)
    {
        var ended = Task.WhenAny(executing, kernel.Process.Exited, watch.GaveUp);
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
        // What is there now: a thread that goes on printing must not hold up the next cell for ever.
        for (var left = kernel.Published.Count; left > 0 && kernel.Published.TryRead(out var message); left--) Take(message, cell);
        return true;
    }

    private async Task<CellExecution> EndAsync(Task<Message> executing, NotebookCell cell)
    {
        if (!executing.IsCompleted && !kernel.Process.Exited.IsCompleted)
        {
            return new CellExecution
            {
                Duration = default,
                Fault = $"The kernel answered, but did not say within {CellLimit.Seconds(options.InterruptGracePeriod)} that it is done (status idle), so there may be more to show: this is a fault of the kernel.",
            };
        }
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

    private async Task<CellExecution> StopAsync(Task<Message> executing, NotebookCell cell, CellLimit limit, CancellationToken cancellationToken)
    {
        var cancelled = cancellationToken.IsCancellationRequested;
        var breach = cancelled ? "was stopped" : limit.Breach;
        var advice = cancelled ? "" : " " + limit.Advice;
        // Before the interrupt, which takes the cell away from where it is; whoever stops the run does not wait for it.
        var place = cancelled ? "" : await KernelStacks.DescribeCellAsync(kernel, cancellationToken);
        using var grace = new CancellationTokenSource(options.InterruptGracePeriod, time);
        var interrupting = kernel.Process.InterruptAsync(grace.Token);
        if (!await FollowAsync(executing, cell.Number, options.InterruptGracePeriod, CancellationToken.None))
        {
            var stacks = place.Length > 0 ? WhereItWas(place) : await KernelStacks.DescribeAsync(kernel, time);
            await kernel.KillAsync();
            var why = interrupting.IsFaulted ? $" ({interrupting.Exception.InnerException!.Message})" : "";
            return Stopped($"{breach} and did not give in to an interrupt within {CellLimit.Seconds(options.InterruptGracePeriod)}{why}; its kernel was ended.{advice}{stacks}", lost: true);
        }
        if (!executing.IsCompleted) return Stopped($"{breach}; when interrupted, its kernel ended.{advice}{WhereItWas(place)}", lost: true);

        // An error, or that it got done at the last moment.
        var answered = await EndAsync(executing, cell);
        var error = answered.Error is { Traceback.Count: > 0 } raised ? CellJudge.Describe(raised) : "";
        return Stopped($"{breach}; interrupted.{advice}{WhereItWas(place, error)}", answered.KernelLost) with { ExecutionCount = answered.ExecutionCount };

        static string WhereItWas(params string[] parts) => string.Concat(parts.Where(part => part.Length > 0).Select((part, i) => i == 0 ? $"\nWhere it was:\n{part}" : $"\n{part}"));

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
        watch.Heard();
        if (message is not null) kernel.Taken(message);
        if (message is not { ParentHeader.MessageType: "execute_request" } || kernel.IsHidden(message)) return;
        intake.Take(message, running);
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
