using CSharpKernel.Execution;

namespace CSharpKernel.Tests.Execution;

public sealed class WorkerThreadsTests
{
    private readonly WorkerThreads _threads = new("Test", 1024 * 1024);

    [Fact]
    public async Task Work_after_work_is_done_by_the_same_thread()
    {
        var ids = new HashSet<int>();
        for (var round = 0; round < 50; round++)
        {
            ids.Add(await Do(() => Environment.CurrentManagedThreadId));
            // The thread has told its result before it waits for more work.
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.InRange(ids.Count, 1, 10);
    }

    [Fact]
    public async Task Work_that_waits_for_other_work_gets_it()
    {
        using var other = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 10).Select(_ => Do(() => other.Wait(TimeSpan.FromSeconds(30)))).ToList();

        await Do(() =>
        {
            other.Set();
            return true;
        });

        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    [Fact]
    public async Task A_thread_forgets_the_priority_that_work_gave_it()
    {
        var id = await Do(() =>
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
            return Environment.CurrentManagedThreadId;
        });

        (int Id, ThreadPriority Priority) next;
        do
            next = await Do(() => (Environment.CurrentManagedThreadId, Thread.CurrentThread.Priority));
        while (next.Id != id);
        Assert.Equal(ThreadPriority.Normal, next.Priority);
    }

    private Task<T> Do<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _threads.Queue(() => done.SetResult(work()));
        return done.Task;
    }
}
