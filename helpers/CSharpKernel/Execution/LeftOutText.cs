using System.Globalization;
using System.Text;

namespace CSharpKernel.Execution;

/// <summary>Text that is too much to be sent: counted, and its end kept.</summary>
internal sealed class LeftOutText
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private long _count;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The length of what would be sent now.</summary>
    public int TailLength => Math.Min(OutputLimits.TailLength, _output.Length) + Math.Min(OutputLimits.TailLength, _errors.Length);

    /// <summary>Adds text.</summary>
    public void Add(string name, ReadOnlySpan<char> text)
    {
        _count += text.Length;
        var tail = name == "stderr" ? _errors : _output;
        if (text.Length >= OutputLimits.TailLength)
        {
            tail.Clear();
            text = text[^OutputLimits.TailLength..];
        }

        tail.Append(text);
        // Not at each addition: removing from the front moves the rest.
        if (tail.Length > 4 * OutputLimits.TailLength)
            tail.Remove(0, tail.Length - OutputLimits.TailLength);
    }

    /// <summary>Sends the end of the text, below a line that says how much is missing.</summary>
    public void Send(Action<string, string> send)
    {
        var (output, errors) = (Tail(_output), Tail(_errors));
        var missing = _count - output.Length - errors.Length;
        _count = 0;
        if (missing > 0)
            send("stderr", OutputLimits.Describe(string.Create(CultureInfo.InvariantCulture, $"{missing / 1048576.0:0.##} MB of text were")));
        if (output.Length > 0)
            send("stdout", output);
        if (errors.Length > 0)
            send("stderr", errors);
    }

    private static string Tail(StringBuilder text)
    {
        var isCut = text.Length > OutputLimits.TailLength;
        var tail = isCut ? text.ToString(text.Length - OutputLimits.TailLength, OutputLimits.TailLength) : text.ToString();
        text.Clear();
        // From the beginning of a line, where there is one.
        return isCut && tail.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 && end < tail.Length - 1 ? tail[(end + 1)..] : tail;
    }
}
