using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;

namespace MLflowSharp.Journal.Delivery;

internal sealed partial class JournalWriter
{
    bool IDeliveryProgress.Begin(JournalFrame frame)
    {
        lock (_lock)
        {
            if (_withdrawn.Remove(frame.Number))
                return false;
            _begun = Math.Max(_begun, frame.Number);
            return true;
        }
    }

    bool IDeliveryProgress.IsAwaited(JournalFrame frame)
    {
        lock (_lock)
            return _waiting.ContainsKey(frame.Number);
    }

    void IDeliveryProgress.Stored(JournalFrame frame, object? answer)
    {
        _hangs = false;
        TakeWaiting(frame)?.Stored(answer);
    }

    void IDeliveryProgress.Refused(JournalFrame frame, MlflowException error)
    {
        _hangs = false;
        if (TakeWaiting(frame) is { } waiting)
        {
            waiting.Refused(error);
            return;
        }

        var kept = RejectedRecords.Keep(File.Stem!, frame, error, _options.TimeProvider.GetUtcNow());
        var runId = frame.Record?.RunId ?? "";
        _refused(runId, new MlflowException($"Something logged earlier to run '{runId}' was refused by the store: {error.Message} The refused record is {kept}.", error.ErrorCode, error));
    }

    void IDeliveryProgress.Advance(long offset)
    {
        var records = 0;
        while (_done < _frames.Count && _frames[_done].Offset < offset)
        {
            _done++;
            records++;
        }

        if (records > 0)
            File.Advance(_segment!, offset, records);
    }

    private Waiting? TakeWaiting(JournalFrame frame)
    {
        lock (_lock)
            return _waiting.Remove(frame.Number, out var waiting) ? waiting : null;
    }

    private void Run()
    {
        try
        {
            for (var failures = 0; ;)
            {
                try
                {
                    if (!WaitForWork())
                        return;
                    Work(failures);
                    if (failures > 0)
                        TellThatTheStoreIsBack();
                    failures = 0;
                    EndFlushes();
                }
                catch (Exception error) when (!(error is ObjectDisposedException && _isClosing))
                {
                    failures++;
                    TellOfOutage((error as StoreUnavailableException)?.InnerException ?? error, failures);
                    if (_isClosing && Environment.TickCount64 >= _deadline)
                        return;
                    Pause(failures);
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // The time for closing was over; what is left stays in the journal.
        }
    }

    /// <returns>False when the journal is closed and there is nothing left.</returns>
    private bool WaitForWork()
    {
        while (!HasWork)
        {
            EndFlushes();
            if (_isClosing)
                return false;
            _isUrgent = false;
            _state = State.Idle;
            Interlocked.MemoryBarrier();
            if (!HasWork && !_isClosing)
                _wake.Wait();
            _state = State.Busy;
            Linger();
        }

        return true;
    }

    /// <summary>Gives more records the time to come, unless somebody waits.</summary>
    private void Linger()
    {
        var until = Environment.TickCount64 + (long)_options.Journal.WriteDelay.TotalMilliseconds;
        while (!_isUrgent && !_isClosing && until - Environment.TickCount64 is var left and > 0)
            _wake.Wait((int)Math.Min(left, int.MaxValue));
    }

    private void Work(int failures)
    {
        _retryNow = false;
        lock (_lock)
            _attempt++;
        if (_isRecovering)
        {
            _recover!(_ending.Token);
            _isRecovering = false;
            return;
        }

        if (File.ReadNext() is not { } next)
            return;
        (_segment, _frames) = next;
        _done = 0;
        var number = File.Delivered;
        _frames.ForEach(frame => frame.Number = ++number);
        if (_frames.Count == 0)
        {
            Tell($"The journal '{_segment.Path}' is damaged: its records from byte {_segment.ReadDelivered()} on cannot be read, and what they held is lost. "
                + "Check the disk that it is on.");
            var copy = _segment.Path + ".damaged";
            System.IO.File.Copy(_segment.Path, copy, overwrite: true);
            File.Advance(_segment, _segment.End, 0);
            return;
        }

        var delivery = new RecordDelivery(_store, this, isRepetition: failures > 0, isSalvage: failures >= AttemptsBeforeSalvage, _ending.Token);
        delivery.DeliverAsync(_frames).GetAwaiter().GetResult();
    }

    private void EndFlushes()
    {
        List<TaskCompletionSource<bool>> ended;
        lock (_lock)
        {
            if ((_flushes.Count == 0 && _waiting.Count == 0) || _isRecovering)
                return;
            var delivered = File.Delivered;
            // What another process wrote in our place has no answer.
            foreach (var number in _waiting.Keys.Where(number => number <= delivered).ToList())
            {
                _waiting[number].Spooled();
                _waiting.Remove(number);
            }

            ended = [.. _flushes.Where(flush => flush.Number <= delivered).Select(flush => flush.Completion)];
            _flushes.RemoveAll(flush => flush.Number <= delivered);
        }

        ended.ForEach(flush => flush.TrySetResult(true));
    }

    private void TellOfOutage(Exception error, int failures)
    {
        List<Waiting> waiting;
        List<TaskCompletionSource<bool>> flushes;
        bool isFirst;
        lock (_lock)
        {
            // What may be the fault of a single record is tried once more before anybody hears of it.
            isFirst = _outage is null;
            _outage = error;
            waiting = [.. _waiting.Values];
            // Who asked while this attempt was under way waits for the next, which follows at once.
            flushes = [.. _flushes.Where(flush => flush.Attempt < _attempt || _isClosing).Select(flush => flush.Completion)];
            _flushes.RemoveAll(flush => flush.Attempt < _attempt || _isClosing);
            _waiting.Clear();
        }

        waiting.ForEach(caller => caller.Spooled());
        flushes.ForEach(flush => flush.TrySetResult(false));
        if (isFirst && failures == 1 && !_isClosing)
        {
            Tell($"The tracking store {_storeName} does not take what is logged at present: {error.Message} Nothing is lost: it is kept in "
                + $"'{File.Stem ?? "the journals of ended processes"}' and written as soon as the store takes it; that is tried again and again while the program goes on.");
        }
    }

    private void TellThatTheStoreIsBack()
    {
        lock (_lock)
            _outage = null;
        Tell($"The tracking store {_storeName} takes what is logged again; what was kept meanwhile is being written to it.");
    }

    private void Pause(int failures)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 20)));
        // Many processes that lost the same server should not come back together.
        pause *= 0.75 + (Random.Shared.NextDouble() / 4);
        var isOver = false;
        using var timer = _options.TimeProvider.CreateTimer(
            _ =>
            {
                Volatile.Write(ref isOver, true);
                _wake.Set();
            },
            null, pause, Timeout.InfiniteTimeSpan);
        while (!Volatile.Read(ref isOver) && !_retryNow && !_isClosing)
            _wake.Wait();
        if (_isClosing && !_retryNow && _deadline - Environment.TickCount64 is var left and > 0)
            Thread.Sleep((int)Math.Min(left, 250));
    }

    private void Tell(string message)
    {
        try
        {
            _options.Warn(message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The user's own function failed on a thread where nobody could catch it.
            Console.Error.WriteLine($"{message} (The function given as Warn failed: {error.Message})");
        }
    }
}
