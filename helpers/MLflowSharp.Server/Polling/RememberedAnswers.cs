using Microsoft.Extensions.Caching.Memory;

namespace MLflowSharp.Server.Polling;

/// <summary>
/// Keeps what was read for pages that ask again and again, each with the version of what it was made from: it is given only for that version. Safe for
/// use from several threads.
/// </summary>
internal sealed class RememberedAnswers : IDisposable
{
    /// <summary>Pages ask every 30 seconds: what four rounds have not asked for belongs to a page that is closed.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(2);

    /// <summary>After this, all is read anew: somebody may have changed with SQL what MLflow never changes.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    /// <summary>What an entry takes besides its content, about.</summary>
    private const int Overhead = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<(object Key, string Version), IDisposable> _flights = [];
    private readonly MemoryCache _memory;
    private readonly ITimer _sweep;
    private long _found;
    private long _made;

    /// <param name="bytes">How much is kept at most; 0 for nothing.</param>
    /// <param name="time">The clock.</param>
    public RememberedAnswers(long bytes, TimeProvider time)
    {
        _memory = new(new MemoryCacheOptions { SizeLimit = bytes, Clock = new Clock(time) });
        // By itself it forgets only while it is asked.
        _sweep = time.CreateTimer(_ => _memory.Compact(0), null, Unused, Unused);
    }

    /// <summary>How often something was there.</summary>
    public long Found => Interlocked.Read(ref _found);

    /// <summary>How often something had to be made.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>What was kept of a version; null when it is not there.</summary>
    public T? Find<T>(object key, string version)
        where T : class
    {
        if (!_memory.TryGetValue(key, out Entry? entry) || entry!.Version != version)
            return null;
        Interlocked.Increment(ref _found);
        return (T)entry.Value;
    }

    /// <summary>Keeps something, instead of what was kept of another version.</summary>
    public T Keep<T>(object key, string version, T value, long bytes)
        where T : class
    {
        Interlocked.Increment(ref _made);
        _memory.Set(key, new Entry(version, value), new MemoryCacheEntryOptions { Size = bytes + Overhead, SlidingExpiration = Unused, AbsoluteExpirationRelativeToNow = Oldest });
        return value;
    }

    /// <summary>
    /// Makes something once for all who ask for the same version at the same time. It is given up when all of them have left.
    /// </summary>
    public async Task<T> OnceAsync<T>(object key, string version, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
    {
        Flight<T> flight;
        lock (_lock)
        {
            flight = (Flight<T>)(_flights.TryGetValue((key, version), out var running) ? running : _flights[(key, version)] = new Flight<T>(make));
            flight.Waiting++;
        }

        try
        {
            return await flight.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            bool isLast;
            lock (_lock)
            {
                isLast = --flight.Waiting == 0;
                if (isLast)
                    _flights.Remove((key, version));
            }

            if (isLast)
                flight.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweep.Dispose();
        _memory.Dispose();
    }

    private sealed record Entry(string Version, object Value);

    private sealed class Flight<T> : IDisposable
    {
        private readonly CancellationTokenSource _left = new();

        // On a thread of its own: a file is read without waiting, and who asked first may leave first.
        public Flight(Func<CancellationToken, Task<T>> make) => Result = Task.Run(() => make(_left.Token));

        public Task<T> Result { get; }

        public int Waiting { get; set; }

        public void Dispose()
        {
            _left.Cancel();
            _left.Dispose();
        }
    }

    private sealed class Clock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
