using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Journal.Files;

/// <summary>
/// One file of a journal: a head (mark, length and CRC of the description, how far the store has it all, description as JSON), then frames to the end.
/// Space is never used twice, so that a head and a tail which reached the disk at different times cannot contradict each other.
/// </summary>
internal sealed class SegmentFile : IDisposable
{
    public const string Extension = ".journal";
    private const int FixedLength = 24;
    private const int DeliveredOffset = 16;
    private const int ChunkLength = 1 << 20;
    private const int LargestHeader = 1 << 20;
    private static readonly byte[] Mark = "MLFSJNL\n"u8.ToArray();
    private readonly SafeFileHandle _handle;

    private SegmentFile(string path, SafeFileHandle handle, JournalHeader header, long start, long end)
    {
        Path = path;
        _handle = handle;
        Header = header;
        Start = start;
        End = end;
    }

    public string Path { get; }

    public JournalHeader Header { get; }

    /// <summary>Where the first frame stands.</summary>
    public long Start { get; }

    /// <summary>Where the next frame goes.</summary>
    public long End { get; private set; }

    /// <summary>How many records this process appended to it and has not delivered.</summary>
    public int Undelivered { get; set; }

    /// <summary>Begins a new file, which only its owner may read.</summary>
    public static SegmentFile Create(string path, JournalHeader header)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, JournalJson.Default.JournalHeader);
        var head = new byte[FixedLength + json.Length];
        Mark.CopyTo(head, 0);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(12), Crc32.HashToUInt32(json));
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(DeliveredOffset), head.Length);
        json.CopyTo(head, FixedLength);
        var handle = PrivateFiles.Open(path, FileMode.CreateNew, FileAccess.ReadWrite);
        try
        {
            RandomAccess.Write(handle, head, 0);
            return new(path, handle, header, head.Length, head.Length);
        }
        catch
        {
            handle.Dispose();
            PrivateFiles.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a file that a process left.</summary>
    /// <returns>The file; null when its head is not whole, which only happens before a first record is in it.</returns>
    public static SegmentFile? TryOpen(string path, FileAccess access)
    {
        var handle = PrivateFiles.Open(path, FileMode.Open, access);
        try
        {
            if (ReadHeader(handle) is { } found)
                return new(path, handle, found.Header, found.Start, RandomAccess.GetLength(handle));
            handle.Dispose();
            return null;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Appends a frame; one caller at a time.</summary>
    /// <param name="frame">The frame, not sealed yet.</param>
    /// <param name="flushToDisk">Whether to wait for the disk.</param>
    public void Append(Span<byte> frame, bool flushToDisk)
    {
        Frame.Seal(frame, End);
        try
        {
            RandomAccess.Write(_handle, frame, End);
            if (flushToDisk)
                RandomAccess.FlushToDisk(_handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk may have taken a part of it.
            RandomAccess.SetLength(_handle, End);
            throw;
        }

        End += frame.Length;
        Undelivered++;
    }

    /// <summary>Reads about a megabyte of frames.</summary>
    /// <param name="from">Where a frame begins.</param>
    /// <param name="to">Where reading ends, at most.</param>
    /// <returns>The frames, one at least unless there is none that is whole.</returns>
    public List<JournalFrame> Read(long from, long to)
    {
        var frames = new List<JournalFrame>();
        var bytes = ReadBytes(from, (int)Math.Min(to - from, ChunkLength));
        if (bytes.Length >= Frame.HeadLength && Frame.LengthOf(bytes) is { } length && length > bytes.Length && from + length <= to)
            bytes = ReadBytes(from, (int)length);
        var at = 0;
        while (bytes.Length - at >= Frame.HeadLength && Frame.LengthOf(bytes.AsSpan(at)) is { } next && next <= bytes.Length - at)
        {
            var span = bytes.AsSpan(at, (int)next);
            var frame = JournalFrame.Read(span, from + at);
            // A bad frame whose successor is good was damaged later; one without is the end of what was written.
            if (frame.IsDamaged && !IsFollowed(from + at + next, to))
                break;
            frames.Add(frame);
            at += (int)next;
        }

        return frames;
    }

    /// <summary>How far the store is known to have everything, as a place in this file.</summary>
    public long ReadDelivered()
    {
        Span<byte> field = stackalloc byte[8];
        return RandomAccess.Read(_handle, field, DeliveredOffset) == 8 ? Math.Max(BinaryPrimitives.ReadInt64LittleEndian(field), Start) : Start;
    }

    /// <summary>Remembers how far the store has everything.</summary>
    public void WriteDelivered(long offset)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(field, offset);
        RandomAccess.Write(_handle, field, DeliveredOffset);
    }

    /// <summary>Marks a record as not to be written.</summary>
    public void Withdraw(long offset) => RandomAccess.Write(_handle, [Frame.Withdrawn], offset + Frame.StateOffset);

    public void Dispose() => _handle.Dispose();

    private bool IsFollowed(long offset, long to)
    {
        var head = ReadBytes(offset, (int)Math.Min(Frame.HeadLength, to - offset));
        return head.Length == Frame.HeadLength && Frame.LengthOf(head) is { } length && offset + length <= to
            && Frame.IsIntact(ReadBytes(offset, (int)length), offset);
    }

    private static (JournalHeader Header, long Start)? ReadHeader(SafeFileHandle handle)
    {
        var head = new byte[FixedLength];
        if (RandomAccess.Read(handle, head, 0) < FixedLength || !head.AsSpan(0, 8).SequenceEqual(Mark))
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8));
        if (length is < 1 or > LargestHeader)
            return null;
        var json = new byte[length];
        if (RandomAccess.Read(handle, json, FixedLength) < length || Crc32.HashToUInt32(json) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12)))
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, JournalJson.Default.JournalHeader) is { } header ? (header, FixedLength + length) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private byte[] ReadBytes(long offset, int count)
    {
        var bytes = new byte[Math.Max(count, 0)];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(_handle, bytes.AsSpan(filled), offset + filled) is var read and > 0)
            filled += read;
        return filled == bytes.Length ? bytes : bytes[..filled];
    }
}
