using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Delivery;

/// <summary>
/// Moves the records of this process's journal into the store, on one thread of its own: at once when somebody waits, else together after a short
/// while, and again and again with growing pauses while the store is away. The file is the queue: memory does not grow with it.
/// </summary>
internal sealed partial class JournalWriter : IDeliveryProgress, IDisposable
{
    private const int AttemptsBeforeSalvage = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Waiting> _waiting = [];
    private readonly List<(long Number, long Attempt, TaskCompletionSource<bool> Completion)> _flushes = [];
    private readonly HashSet<long> _withdrawn = [];
    private readonly Signal _wake = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ITrackingStore _store;
    private readonly MlflowClientOptions _options;
    private readonly string _storeName;
    private readonly Action<string, MlflowException> _refused;
    private readonly Action<CancellationToken>? _recover;
    private Thread? _thread;
    private volatile State _state = State.Busy;
    private volatile bool _isUrgent;
    private volatile bool _isClosing;
    private volatile bool _retryNow;
    private volatile Exception? _outage;
    private volatile bool _isRecovering;
    private volatile bool _hangs;
    private long _begun;
    private long _attempt;
    private long _deadline;

    // Of the chunk that is being delivered; only the thread looks at them.
    private SegmentFile? _segment;
    private List<JournalFrame> _frames = [];
    private int _done;

    /// <summary>Makes a writer; its thread starts with the first record.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="store">The store.</param>
    /// <param name="options">Settings.</param>
    /// <param name="storeName">What the store is called in messages.</param>
    /// <param name="refused">Hears of records that the store refused after their call had returned: the run, and what to tell.</param>
    /// <param name="recover">Replays the journals of ended processes; null when there are none.</param>
    public JournalWriter(
        JournalFile file, ITrackingStore store, MlflowClientOptions options, string storeName, Action<string, MlflowException> refused, Action<CancellationToken>? recover)
    {
        File = file;
        _store = store;
        _options = options;
        _storeName = storeName;
        _refused = refused;
        _recover = recover;
        _isRecovering = recover is not null;
    }

    private enum State
    {
        /// <summary>It will look for records by itself.</summary>
        Busy,

        /// <summary>It sleeps until there is one.</summary>
        Idle,
    }

    public JournalFile File { get; }

    /// <summary>Why the store does not take anything at present; null when it does.</summary>
    public Exception? Outage => _outage;

    /// <summary>Whether the journals of ended processes are still to be replayed.</summary>
    public bool IsRecovering => _isRecovering;

    /// <summary>Whether something waits to be written.</summary>
    public bool HasWork => _isRecovering || File.Appended != File.Delivered;

    /// <summary>Appends a record that nobody waits for.</summary>
    /// <returns>False when the journal is closed.</returns>
    public bool Append(Span<byte> frame)
    {
        if (!File.Append(frame))
            return false;
        // The thread says that it sleeps and then looks for records; here it is the other way round.
        Interlocked.MemoryBarrier();
        if (_state == State.Idle)
            _wake.Set();
        if (_thread is null)
            Start();
        return true;
    }

    /// <summary>Appends a record whose caller waits for the store.</summary>
    /// <param name="frame">The record's frame.</param>
    /// <param name="number">Its number.</param>
    /// <returns>The caller's place; null when the journal is closed.</returns>
    public Waiting? AppendAwaited(Span<byte> frame, out long number)
    {
        Waiting? waiting = null;
        var ofRecord = 0L;
        var isAppended = File.Append(frame, (appended, segment, offset) =>
        {
            ofRecord = appended;
            waiting = new(segment, offset);
            lock (_lock)
            {
                if (_outage is null && !_hangs && !_isClosing)
                    _waiting[appended] = waiting;
                else
                    waiting.Spooled();
            }
        });
        number = ofRecord;
        if (!isAppended)
            return null;
        Hurry();
        return waiting;
    }

    /// <summary>
    /// Lets callers go on without an answer until the store gives one: it hangs, as behind a cut network, which would cost each of them the whole time.
    /// </summary>
    public void StopWaiting()
    {
        lock (_lock)
        {
            _hangs = true;
            foreach (var waiting in _waiting.Values)
                waiting.Spooled();
            _waiting.Clear();
        }
    }

    /// <summary>Takes a record back that its caller does not want any more.</summary>
    /// <returns>Whether it was in time; false when it may be in the store.</returns>
    public bool TryWithdraw(long number, Waiting waiting)
    {
        lock (_lock)
        {
            if (number <= _begun || !_waiting.Remove(number))
                return false;
            _withdrawn.Add(number);
            waiting.Segment.Withdraw(waiting.Offset);
            return true;
        }
    }

    /// <summary>Waits until everything appended before is done with. If the store is away it is tried again now.</summary>
    /// <returns>Whether it is; false when the store is away.</returns>
    public Task<bool> FlushAsync()
    {
        TaskCompletionSource<bool> completion;
        lock (_lock)
        {
            if (!HasWork)
                return Task.FromResult(true);
            if (_isClosing)
                return Task.FromResult(false);
            completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((File.Appended, _attempt, completion));
        }

        _retryNow = true;
        Hurry();
        return completion.Task;
    }

    /// <summary>Starts the thread if there is something to do before the first record.</summary>
    public void StartIfNeeded()
    {
        if (_isRecovering && _thread is null)
            Start();
    }

    /// <summary>Writes what is left, as far as that is possible in a limited time, and ends the thread.</summary>
    /// <returns>Whether everything is in the store.</returns>
    public bool Close(TimeSpan limit)
    {
        File.CloseForAppending();
        _deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        _isClosing = true;
        _retryNow = true;
        Hurry(start: false);
        // A little longer than the thread itself tries, so that it can end by itself.
        if (_thread is { } thread && !thread.Join(limit + TimeSpan.FromSeconds(0.3)))
        {
            _ending.Cancel();
            thread.Join(TimeSpan.FromSeconds(2));
        }

        return !HasWork;
    }

    /// <summary>Lets go of the files; those that the store has whole are deleted.</summary>
    public void Dispose()
    {
        File.Dispose();
        _ending.Dispose();
    }

    private void Hurry(bool start = true)
    {
        _isUrgent = true;
        _wake.Set();
        if (start && _thread is null)
            Start();
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_thread is not null)
                return;
            _thread = new Thread(Run) { IsBackground = true, Name = "MLflow journal" };
            _thread.Start();
        }
    }
}
