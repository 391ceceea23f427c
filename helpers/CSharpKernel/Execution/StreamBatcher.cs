using System.Text;

namespace CSharpKernel.Execution;

/// <summary>
/// Collects what a cell writes into messages of moderate size: a cell that writes two thousand lines must not send
/// two thousand messages. Text leaves when it is 4 kB long, when 50 ms have passed, or when something else is shown.
/// </summary>
internal sealed class StreamBatcher(Action<string, string> send, TimeProvider time)
{
    private const int SizeLimit = 4096;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private string _name = "stdout";
    private bool _isScheduled;

    /// <summary>Adds text to a stream.</summary>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_lock)
        {
            if (name != _name)
            {
                Send();
                _name = name;
            }

            _text.Append(text);
            if (_text.Length >= SizeLimit)
            {
                Send();
            }
            else if (!_isScheduled)
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
        {
            _isScheduled = false;
            Send();
        }
    }

    private async Task FlushLaterAsync()
    {
        // Not on the cell's own threads, which may be busy or stopped.
        await Task.Delay(Delay, time).ConfigureAwait(false);
        Flush();
    }

    // Inside the lock, so that pieces leave in the order in which they were written.
    private void Send()
    {
        if (_text.Length == 0)
            return;
        var text = _text.ToString();
        _text.Clear();
        send(_name, text);
    }
}
