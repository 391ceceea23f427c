using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// A metric file that lines are added to. It is kept open, knows what it holds so far, and leaves out a line that is there already: a batch
/// that is repeated after a failure or replayed from a journal is written once. Other processes may add lines at the same time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="temporaryFolder">Where a new file is written before it gets its name.</param>
internal sealed class MetricFile(string path, string temporaryFolder) : IDisposable
{
    private const int PartLength = 1 << 16;
    private const int Attempts = 20;
    private static readonly TimeSpan TornForSure = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _atLastTime = new(StringComparer.Ordinal);
    private SafeFileHandle? _handle;
    private HashSet<string>? _all;
    private long _length;
    private long _lastTime = long.MinValue;

    public bool IsDisposed { get; private set; }

    /// <summary>Adds lines in one write.</summary>
    /// <param name="lines">Lines without line ends, which begin with the time.</param>
    /// <returns>False when the file has been closed meanwhile; then nothing was written.</returns>
    public bool TryAppend(List<(long Time, string Line)> lines)
    {
        lock (_gate)
        {
            if (IsDisposed)
                return false;
            try
            {
                // A new file appears with its lines: of an empty one MLflow says that the run is damaged. The next call opens it.
                if (_handle is null && StoreFile.TryCreate(path, TextOf(lines), temporaryFolder))
                    return true;
                _handle ??= Open();
                if (FindNew(lines, ReadToEnd()) is { Length: > 0 } text)
                    Write(text);
                return true;
            }
            catch
            {
                // What is known is perhaps more than what is in the file.
                Forget();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            IsDisposed = true;
            Forget();
        }
    }

    private static string TextOf(List<(long Time, string Line)> lines) =>
        string.Concat(lines.Select(line => line.Line).Distinct(StringComparer.Ordinal).Select(line => line + "\n"));

    private void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        NativeFiles.Append(_handle!, bytes);
        // Had another process written in between, the file would be longer: then what it wrote is read next time, before ours.
        if (RandomAccess.GetLength(_handle!) == _length + bytes.Length)
            _length += bytes.Length;
    }

    /// <summary>The text to add: those lines that are new, behind what is still missing of a line that was not written to its end.</summary>
    private string FindNew(List<(long Time, string Line)> lines, byte[] torn)
    {
        if (_all is null && (torn.Length > 0 || GoesBack(lines)))
            _all = ReadAll();
        var text = new StringBuilder();
        if (torn.Length > 0 && !TryGoOn(lines, torn, text) && !TryCutOff(torn))
            text.Append('\n');
        var batch = lines.Count > 1 ? new HashSet<string>(lines.Count, StringComparer.Ordinal) : null;
        foreach (var (time, line) in lines)
        {
            if (batch?.Add(line) != false && Learn(time, line))
                text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Remembers a line.</summary>
    /// <returns>Whether it is new.</returns>
    private bool Learn(long time, string line)
    {
        // Nearly every line is later than all before it; only for the others the file's content matters.
        if (time > _lastTime)
        {
            _lastTime = time;
            _atLastTime.Clear();
        }

        var isNew = time < _lastTime ? _all!.Add(line) : _atLastTime.Add(line);
        if (time == _lastTime)
            _all?.Add(line);
        return isNew;
    }

    /// <summary>Whether a line is earlier than one before it: then it can be one that is in the file.</summary>
    private bool GoesBack(List<(long Time, string Line)> lines)
    {
        var last = _lastTime;
        foreach (var (time, _) in lines)
        {
            if (time < last)
                return true;
            last = time;
        }

        return false;
    }

    private HashSet<string> ReadAll()
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var content = StoreFile.ReadBytes(path) ?? [];
        MetricLine.ForEach(content.AsSpan(0, (int)Math.Min(_length, content.Length)), line => all.Add(Encoding.UTF8.GetString(line.TrimEnd((byte)'\r'))));
        return all;
    }

    /// <summary>Reads what was added since the last look, until nobody is in the middle of a line any more.</summary>
    /// <returns>What is behind the last line end: the beginning of a line whose writer was killed, or whose disk was full.</returns>
    private byte[] ReadToEnd()
    {
        for (var attempt = 1; ; attempt++)
        {
            var torn = ReadOn();
            if (torn.Length == 0)
                return torn;
            Thread.Sleep(TornForSure);
            if (RandomAccess.GetLength(_handle!) == _length + torn.Length || attempt == Attempts)
                return torn;
        }
    }

    private byte[] ReadOn()
    {
        var length = RandomAccess.GetLength(_handle!);
        if (length == _length)
            return [];
        if (length < _length)
        {
            Forget();
            _handle = Open();
        }

        using var reader = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var part = new byte[PartLength];
        var kept = 0;
        while (true)
        {
            var read = RandomAccess.Read(reader, part.AsSpan(kept), _length + kept);
            if (read == 0)
                return part[..kept];
            kept += read;
            var whole = MetricLine.ForEach(part.AsSpan(0, kept), line =>
            {
                var time = MetricLine.TimeOf(line);
                if (time < _lastTime && _all is null)
                    return;
                Learn(time, Encoding.UTF8.GetString(line.TrimEnd((byte)'\r')));
            });
            part.AsSpan(whole, kept - whole).CopyTo(part);
            (_length, kept) = (_length + whole, kept - whole);
            if (kept == part.Length)
                Array.Resize(ref part, part.Length * 2);
        }
    }

    /// <summary>When one of the lines begins with the torn piece, the piece is what a killed process left of it: it only has to be continued.</summary>
    private bool TryGoOn(List<(long Time, string Line)> lines, byte[] torn, StringBuilder text)
    {
        var piece = Encoding.UTF8.GetString(torn);
        var at = lines.FindIndex(line => line.Line.StartsWith(piece, StringComparison.Ordinal));
        if (at < 0 || !Learn(lines[at].Time, lines[at].Line))
            return false;
        text.Append(lines[at].Line, piece.Length, lines[at].Line.Length - piece.Length).Append('\n');
        return true;
    }

    /// <summary>
    /// Removes a torn piece, of which nobody was ever told that it is stored: it could be read as another number than was logged. Only while
    /// none of our processes has the file open, because one could add a line at this moment. Otherwise it stays as a line of its own.
    /// </summary>
    private bool TryCutOff(byte[] torn)
    {
        _handle!.Dispose();
        try
        {
            using var alone = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (RandomAccess.GetLength(alone) != _length + torn.Length)
                return false;
            RandomAccess.SetLength(alone, _length);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            _handle = Open();
        }
    }

    private SafeFileHandle Open()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return NativeFiles.OpenForAppending(path);
            }
            catch (IOException error) when (attempt < Attempts && FileErrors.IsInUse(error))
            {
                // Another process is repairing it.
                Thread.Sleep(attempt);
            }
        }
    }

    private void Forget()
    {
        _handle?.Dispose();
        _handle = null;
        _all = null;
        _atLastTime.Clear();
        (_length, _lastTime) = (0, long.MinValue);
    }
}
