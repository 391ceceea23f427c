using System.Collections.Concurrent;

namespace MLflowSharp.Stores.Sql;

/// <summary>The connections of one kind of work. The one given back last is taken first: few callers keep to few connections.</summary>
internal sealed class SqlSlots : IDisposable
{
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentStack<SqlSlot> _idle;
    private readonly int _count;

    /// <param name="count">How many there are.</param>
    public SqlSlots(int count)
    {
        _count = count;
        _free = new(count, count);
        _idle = new(Enumerable.Range(0, count).Select(_ => new SqlSlot()));
    }

    /// <summary>Waits for a slot and takes it.</summary>
    public async ValueTask<SqlSlot> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return _idle.TryPop(out var slot) ? slot : throw new InvalidOperationException("More slots were taken than there are.");
    }

    /// <summary>Gives a slot back.</summary>
    public void Return(SqlSlot slot)
    {
        _idle.Push(slot);
        _free.Release();
    }

    /// <summary>Waits until nobody works and closes the connections. Who waits for one still gets a slot, to be told that all is over.</summary>
    public void Dispose() => Close([this], _ => { }, _ => { });

    /// <summary>Waits until nobody works and closes all connections.</summary>
    /// <param name="all">Those of one database.</param>
    /// <param name="prepare">Is shown a connection, if one is open, before any is closed. When it throws, they stay open.</param>
    /// <param name="leave">Is shown the connection that is closed last, if one is open.</param>
    public static void Close(IReadOnlyCollection<SqlSlots> all, Action<SqlSession> prepare, Action<SqlSession> leave)
    {
        foreach (var slots in all)
        {
            for (var taken = 0; taken < slots._count; taken++)
                slots._free.Wait();
        }

        try
        {
            if (all.SelectMany(slots => slots._idle).Where(slot => slot.Session is not null).ToList() is not { Count: > 0 } open)
                return;
            var last = open[^1];
            prepare(last.Session!);
            open.SkipLast(1).ToList().ForEach(slot => slot.Close());
            leave(last.Session!);
            last.Close();
        }
        finally
        {
            foreach (var slots in all)
                slots._free.Release(slots._count);
        }
    }
}
