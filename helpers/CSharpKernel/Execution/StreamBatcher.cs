using System.Text;

namespace CSharpKernel.Execution;

/// <summary>
/// Collects what a cell writes into messages of moderate size: a cell that writes two thousand lines must not send
/// two thousand messages. Text leaves when it is long enough, when 50 ms have passed, or when something else is shown.
/// Text beyond a budget is left out, except for its end.
/// </summary>
internal sealed class StreamBatcher(Action<string, string> send, OutputBudget budget, TimeProvider time)
{
    // Live output wants small messages, a flood large ones.
    private const int SmallMessage = 4 * 1024;
    private const int LargeMessage = 64 * 1024;
    private const int SmallMessages = 16;
    private const int LargestMessage = 1024 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LeftOutInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly LeftOutText _leftOut = new();
    private string _name = "stdout";
    private bool _isScheduled;
    private int _sent;
    private long _leavingOutSince;

    /// <summary>Adds text to a stream.</summary>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_lock)
        {
            if (!_leftOut.IsEmpty || !budget.TryTake(text.Length))
            {
                if (_leftOut.IsEmpty)
                    _leavingOutSince = time.GetTimestamp();
                _leftOut.Add(name, text);
            }
            else
            {
                if (name != _name)
                {
                    Send();
                    _name = name;
                }

                _text.Append(text);
                if (_text.Length >= (_sent < SmallMessages ? SmallMessage : LargeMessage))
                    Send(keepHalf: true);
            }

            if (!_isScheduled && (_text.Length > 0 || !_leftOut.IsEmpty))
            {
                _isScheduled = true;
                _ = FlushLaterAsync();
            }
        }
    }

    /// <summary>Sends what has been collected.</summary>
    public void Flush()
    {
        lock (_lock)
            Send();
    }

    /// <summary>Sends what has been collected, and the end of what is left out.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            Send();
            SendLeftOut();
        }
    }

    private async Task FlushLaterAsync()
    {
        bool isMore;
        do
        {
            // Not on the cell's own threads, which may be busy or stopped.
            await Task.Delay(Delay, time).ConfigureAwait(false);
            lock (_lock)
            {
                Send(keepHalf: true);
                if (!_leftOut.IsEmpty && time.GetElapsedTime(_leavingOutSince) >= LeftOutInterval && budget.TryTake(_leftOut.TailLength))
                    SendLeftOut();
                isMore = _isScheduled = !_leftOut.IsEmpty;
            }
        }
        while (isMore);
    }

    private void SendLeftOut()
    {
        if (_leftOut.IsEmpty)
            return;
        Send();
        _leftOut.Send(send);
    }

    // Inside the lock, so that pieces leave in the order in which they were written.
    private void Send(bool keepHalf = false)
    {
        // A character of two units must not be torn into two messages, neither of which could say what it is.
        while (_text.Length > 0)
        {
            var length = Math.Min(_text.Length, LargestMessage);
            if (char.IsHighSurrogate(_text[length - 1]) && (length < _text.Length || keepHalf))
                length--;
            if (length == 0)
                return;
            var text = _text.ToString(0, length);
            _text.Remove(0, length);
            _sent++;
            send(_name, text);
        }
    }
}
