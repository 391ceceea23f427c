using CSharpKernel.Execution;

namespace CSharpKernel.Comms;

/// <summary>Runs code of the notebook that no cell calls, but a message from the front end.</summary>
internal static class HandlerRun
{
    /// <summary>Runs a handler as code of the cell it belongs to; what it throws shows there.</summary>
    /// <param name="home">The cell.</param>
    /// <param name="handler">The handler; it may be <c>async void</c>.</param>
    /// <param name="waits">Gets its result when the handler has come to its first wait.</param>
    public static async Task RunAsync(CellContext home, Action handler, TaskCompletionSource waits)
    {
        var engine = home.Engine;
        using var interrupt = engine.Interrupts.Add();
        var cell = home.Continue(interrupt.Token);
        try
        {
            await CellRun.RunAsync(() => StartAsync(cell, handler, waits), cell.Time, interrupt.Token);
        }
        catch (Exception e)
        {
            Report(cell, e);
        }
        finally
        {
            engine.Updates.End(cell);
            cell.Flush();
        }
    }

    /// <summary>Runs a handler within the code that causes it; only what it throws after its first wait is reported.</summary>
    public static void RunHere(CellContext cell, Action handler)
    {
        var outer = SynchronizationContext.Current;
        if (outer is HandlerSynchronization)
        {
            handler();
            return;
        }

        var context = new HandlerSynchronization(TaskScheduler.Current);
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            handler();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            context.OperationCompleted();
        }

        if (!context.Completion.IsCompletedSuccessfully)
            _ = ObserveAsync(cell, context.Completion);
    }

    private static async Task<object?> StartAsync(CellContext cell, Action handler, TaskCompletionSource waits)
    {
        var context = new HandlerSynchronization(TaskScheduler.Current);
        void Start(object? state)
        {
            cell.EnterBeside();
            SynchronizationContext.SetSynchronizationContext(context);
            try
            {
                handler();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
                context.OperationCompleted();
            }
        }

        // In the ambient values of the notebook, such as its culture, as its cells are.
        ExecutionContext.Run(cell.Shell.Ambient.Latest ?? ExecutionContext.Capture()!, Start, null);
        if (!context.Completion.IsCompleted)
        {
            cell.Flush();
            waits.TrySetResult();
        }

        await context.Completion;
        return null;
    }

    private static async Task ObserveAsync(CellContext cell, Task rest)
    {
        try
        {
            await rest.ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (Exception e)
        {
            Report(cell, e);
        }
    }

    private static void Report(CellContext cell, Exception exception) =>
        cell.Write("stderr", string.Join('\n', cell.Engine.Describe(exception).Traceback) + "\n");
}
