using JupyterProtocol;

namespace CSharpKernel.Execution;

/// <summary>Runs a cell's code so that it can be interrupted without losing the session.</summary>
internal static class CellRun
{
    // Code that watches the cell's cancellation token may end by itself first.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WakeInterval = TimeSpan.FromMilliseconds(50);
    private const int WakeLimit = 60;

    /// <summary>Runs code.</summary>
    /// <param name="start">Starts the code.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interrupt">Interrupts it.</param>
    /// <exception cref="CellInterruptedException">It was interrupted.</exception>
    public static async Task<object?> RunAsync(Func<Task<object?>> start, TimeProvider time, CancellationToken interrupt)
    {
        // Not disposed: tasks that the cell leaves behind come back to the scheduler, and with it to this token.
        var stop = new CancellationTokenSource();
        var scheduler = new CellTaskScheduler(stop.Token);
        var task = Task.Factory.StartNew(start, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (interrupt.UnsafeRegister(_ => interrupted.TrySetResult(), null))
        {
            if (await Task.WhenAny(task, interrupted.Task) == task && !interrupt.IsCancellationRequested)
                return await task;
        }

        LoopCheck.Begin();
        _ = task.ContinueWith(End, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (await Task.WhenAny(task, Task.Delay(Grace, time, CancellationToken.None)) == task)
            return task.IsCompletedSuccessfully ? await task : throw new CellInterruptedException(isStillRunning: false);

        // Elsewhere the runtime's way to stop a thread from outside may end the process: there a cell that neither loops nor waits
        // in its own code, but computes in a library's, goes on until that returns.
        // Not awaited before the wake-up: stopping a thread can wait until that thread leaves its sleep.
        if (Platform.Current.IsWindows)
            _ = stop.CancelAsync();
        for (var attempt = 0; attempt < WakeLimit && scheduler.IsRunning; attempt++)
        {
            scheduler.WakeThreads();
            await Task.Delay(WakeInterval, time, CancellationToken.None);
        }

        throw new CellInterruptedException(scheduler.IsRunning);
    }

    private static void End(Task task)
    {
        LoopCheck.End();
        // How an interrupted cell ends is of no use to anybody.
        _ = task.Exception;
    }
}
