using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace JupyterProtocol.Transport;

/// <summary>
/// One thread that waits for all sockets of a kernel or client and runs what goes on when one is ready. A thread of its own and not the
/// pool's: a cell that fills the pool with sleeping work must not keep the heartbeat, or an interrupt, from being answered.
/// What is awaited here continues on this thread, so that its users need no locks among themselves.
/// </summary>
internal sealed class SocketLoop : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly byte[] WakeUp = [1];

    private readonly Thread _thread;
    private readonly Socket _waker;
    private readonly byte[] _heard = new byte[16];
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<Socket, TaskCompletionSource<bool>> _readers = [];
    private readonly Dictionary<Socket, TaskCompletionSource<bool>> _writers = [];
    private readonly ConditionalWeakTable<Socket, SocketLoop> _forgotten = [];
    private readonly PriorityQueue<TaskCompletionSource, long> _timers = new();
    private int _isWoken;
    private bool _isStopping;
    private long _deadline;
    private Func<bool> _isDone = () => true;
    private Action _close = () => { };

    /// <summary>Starts the thread.</summary>
    /// <exception cref="JupyterProtocolException">The loopback interface is down.</exception>
    public SocketLoop(string name)
    {
        // A datagram to itself wakes it; it hears nobody else, as it is connected to itself.
        _waker = new Socket(AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            _waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _waker.Connect(_waker.LocalEndPoint!);
        }
        catch (SocketException exception)
        {
            _waker.Dispose();
            throw new JupyterProtocolException($"This machine cannot be reached by itself at {IPAddress.Loopback}: {exception.Message}. Jupyter speaks to kernels there: put the loopback network interface up (on Linux: ip link set lo up).", exception);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.UnsafeStart();
    }

    /// <summary>Whether the caller runs on the loop's thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Runs something on the thread, soon. From any thread.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        Wake();
    }

    /// <summary>Completes when a socket has something to read; with false when it was forgotten meanwhile.</summary>
    public Task<bool> ReadableAsync(Socket socket) => Wait(_readers, socket);

    /// <summary>Completes when a socket takes something to write; with false when it was forgotten meanwhile.</summary>
    public Task<bool> WritableAsync(Socket socket) => Wait(_writers, socket);

    /// <summary>Completes after some time.</summary>
    public Task DelayAsync(TimeSpan time)
    {
        var timer = new TaskCompletionSource();
        _timers.Enqueue(timer, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
        return timer.Task;
    }

    /// <summary>Ends all waiting for a socket, which is to be closed.</summary>
    public void Forget(Socket socket)
    {
        _forgotten.AddOrUpdate(socket, this);
        foreach (var waiting in new[] { _readers, _writers })
            if (waiting.Remove(socket, out var waiter))
                waiter.TrySetResult(false);
    }

    /// <summary>Ends the thread once everything is done, or when it takes too long.</summary>
    /// <param name="isDone">Asked on the thread: whether all was sent.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="close">Runs last, on the thread: closes the sockets.</param>
    public void Stop(Func<bool> isDone, TimeSpan patience, Action close)
    {
        Post(() => (_isDone, _close, _deadline, _isStopping) = (isDone, close, Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency), true));
        if (!IsCurrent)
            _thread.Join();
    }

    /// <summary>Frees what wakes the thread, once it has ended.</summary>
    public void Dispose()
    {
        if (!_thread.IsAlive)
            _waker.Dispose();
    }

    private Task<bool> Wait(Dictionary<Socket, TaskCompletionSource<bool>> waiting, Socket socket)
    {
        // A peer may be gone when its message is answered: then who reads from it waits for a socket that is closed already, and to look
        // at such a one would end the thread.
        if (_forgotten.TryGetValue(socket, out _))
            return Task.FromResult(false);
        // Not RunContinuationsAsynchronously: that would be the pool.
        var waiter = new TaskCompletionSource<bool>();
        waiting.Add(socket, waiter);
        return waiter.Task;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) != 0)
            return;
        try
        {
            _waker.Send(WakeUp, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // The thread has ended: what a cell's own thread still prints is lost.
            _posted.Clear();
        }
    }

    private void Run()
    {
        var (reading, writing) = (new List<Socket>(), new List<Socket>());
        while (!_isStopping || (!_isDone() && Stopwatch.GetTimestamp() < _deadline))
        {
            reading.Clear();
            writing.Clear();
            reading.Add(_waker);
            reading.AddRange(_readers.Keys);
            writing.AddRange(_writers.Keys);
            Socket.Select(reading, writing, null, NextWait());
            foreach (var socket in reading)
                Resume(_readers, socket);
            foreach (var socket in writing)
                Resume(_writers, socket);
            RunTimers();
            RunPosted();
        }

        _close();
    }

    private void Resume(Dictionary<Socket, TaskCompletionSource<bool>> waiting, Socket socket)
    {
        if (socket == _waker)
            _waker.Receive(_heard, SocketFlags.None, out _);
        else if (waiting.Remove(socket, out var waiter))
            waiter.TrySetResult(true);
    }

    private void RunTimers()
    {
        while (_timers.TryPeek(out _, out var due) && due <= Stopwatch.GetTimestamp())
            _timers.Dequeue().TrySetResult();
    }

    private void RunPosted()
    {
        // Before the queue is looked at: what is posted after the last look wakes the thread again.
        Interlocked.Exchange(ref _isWoken, 0);
        while (_posted.TryDequeue(out var action))
            action();
    }

    private TimeSpan NextWait()
    {
        if (_isStopping)
            return TimeSpan.FromMilliseconds(5);
        if (!_timers.TryPeek(out _, out var due))
            return LongestWait;
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        // Rounded up, so that the thread does not spin through the last millisecond.
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1);
    }
}
