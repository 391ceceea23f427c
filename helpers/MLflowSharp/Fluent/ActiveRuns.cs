using System.Collections.Concurrent;

namespace MLflowSharp;

/// <summary>
/// Which run is active where. A run belongs to the flow of code that started it and to everything that flow starts
/// (<see cref="AsyncLocal{T}"/>); code outside any such flow, for instance the next cell of a notebook, sees the run that was
/// started last outside of another run's flow. Runs still active when the process ends are ended then.
/// </summary>
internal static class ActiveRuns
{
    private static readonly AsyncLocal<Holder?> Flow = new();
    private static readonly ConcurrentDictionary<ActiveRun, bool> All = new();
    private static readonly Lock ProcessLock = new();
    private static ActiveRun? _process;
    private static string? _last;

    static ActiveRuns()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll(RunStatus.Finished);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => EndAll(RunStatus.Failed);
    }

    /// <summary>The run that a logging call here writes to.</summary>
    public static ActiveRun? Current => Nearest(Flow.Value?.Run) ?? Nearest(Volatile.Read(ref _process));

    /// <summary>Identifier of the run that was started last, wherever; null when none was.</summary>
    public static string? Last => Volatile.Read(ref _last);

    /// <summary>
    /// Gives the calling flow a place for the run it is about to start. Call it before the first await: what an asynchronous
    /// method puts into an <see cref="AsyncLocal{T}"/> does not reach its caller, what it puts into this place does.
    /// </summary>
    public static Holder Reserve()
    {
        var holder = new Holder(Flow.Value?.Run);
        Flow.Value = holder;
        return holder;
    }

    public static bool IsInUse(MlflowClient client) => All.Keys.Any(run => run.Client == client);

    public static void Remove(ActiveRun run) => All.TryRemove(run, out _);

    private static ActiveRun? Nearest(ActiveRun? run)
    {
        while (run is { IsEnded: true })
            run = run.Parent;
        return run;
    }

    private static void EndAll(RunStatus status)
    {
        foreach (var run in All.Keys.OrderByDescending(Depth))
        {
            try
            {
                MlflowClient.Wait(run.EndAsync(status));
            }
            catch (MlflowException error)
            {
                // The process is ending: there is no caller left who could be told otherwise.
                Console.Error.WriteLine($"Run {run.RunId} could not be marked as ended: {error.Message}");
            }
        }

        static int Depth(ActiveRun? run)
        {
            var depth = 0;
            for (; run is not null; run = run.Parent)
                depth++;
            return depth;
        }
    }

    /// <summary>A flow's active run.</summary>
    internal sealed class Holder(ActiveRun? inherited)
    {
        private ActiveRun? _run = inherited;

        public ActiveRun? Run => Volatile.Read(ref _run);

        public void Set(ActiveRun run)
        {
            All[run] = true;
            Volatile.Write(ref _last, run.RunId);
            Volatile.Write(ref _run, run);
            lock (ProcessLock)
            {
                if (Nearest(_process) == Nearest(run.Parent))
                    _process = run;
            }
        }
    }
}
