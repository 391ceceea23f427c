using CSharpKernel.Execution;

namespace CSharpKernel.Scripting;

/// <summary>
/// Runs the compiler on a thread with a large stack, because it recurses into what it reads, and gives up waiting for it when the cell
/// is interrupted: some code keeps it busy for minutes at places where it does not look at its cancellation token.
/// </summary>
internal static class CompilerThread
{
    private static readonly WorkerThreads Threads = new("Compiler", 64 * 1024 * 1024);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <param name="compile">What to run; it should look at the token too.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interrupt">Stops waiting.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<T> RunAsync<T>(Func<T> compile, TimeProvider time, CancellationToken interrupt)
    {
        interrupt.ThrowIfCancellationRequested();
        // What follows, up to where the cell's own thread takes over, may go on here: another hop costs more than it.
        var done = new TaskCompletionSource<T>();
        Threads.Queue(Run);
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (interrupt.UnsafeRegister(_ => interrupted.TrySetResult(), null))
        {
            if (await Task.WhenAny(done.Task, interrupted.Task) == done.Task)
                return await done.Task;
        }

        await Task.WhenAny(done.Task, Task.Delay(Grace, time, CancellationToken.None));
        // How it ends is of no use to anybody any more.
        _ = done.Task.ContinueWith(given => given.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw new OperationCanceledException(interrupt);

        void Run()
        {
            try
            {
                done.SetResult(compile());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }
}
