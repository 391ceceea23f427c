using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace MLflowSharp.Journal.Records;

/// <summary>
/// Writes a record as bytes, with room for its frame before them. Each thread reuses one, so that logging a metric allocates nothing.
/// Texts are UTF-8 behind their length plus one (zero is null); numbers are little-endian.
/// </summary>
internal sealed class RecordEncoder
{
    private const int LargestKept = 1 << 20;

    // A character takes at most three bytes: so many fit behind a length of one byte.
    private const int ShortText = 42;

    [ThreadStatic]
    private static RecordEncoder? _ofThread;

    private byte[] _buffer = new byte[512];
    private int _length;

    private RecordEncoder()
    {
    }

    /// <summary>Encodes one point of a metric.</summary>
    /// <returns>The framed record, valid until this thread encodes the next; <see cref="Frame.Seal"/> completes it.</returns>
    public static Span<byte> Metric(string runId, string key, double value, long timestamp, long step)
    {
        var encoder = Begin(RecordKind.Batch, runId);
        encoder.Count(1);
        encoder.Point(key, value, timestamp, step, null, null, null);
        encoder.Count(0);
        encoder.Count(0);
        return encoder.Finish();
    }

    /// <summary>Encodes any record.</summary>
    /// <inheritdoc cref="Metric" path="/returns"/>
    public static Span<byte> Encode(JournalRecord record)
    {
        var encoder = Begin(record.Kind, record.RunId);
        switch (record.Kind)
        {
            case RecordKind.Batch:
                encoder.List(record.Metrics, static (e, m) => e.Point(m.Key, m.Value, m.Timestamp, m.Step, m.ModelId, m.DatasetName, m.DatasetDigest));
                encoder.List(record.Params, static (e, p) => e.Pair(p.Key, p.Value));
                encoder.List(record.Tags, static (e, t) => e.Pair(t.Key, t.Value));
                break;
            case RecordKind.DeleteTag:
                encoder.Text(record.Key);
                break;
            case RecordKind.Inputs:
                encoder.List(record.Datasets, static (e, d) => e.Input(d));
                encoder.Count(record.ModelInputs is null ? 0 : 1);
                if (record.ModelInputs is { } models)
                    encoder.List(models, static (e, m) => e.Text(m.ModelId));
                break;
            case RecordKind.Outputs:
                encoder.List(record.ModelOutputs, static (e, m) =>
                {
                    e.Text(m.ModelId);
                    e.Number(m.Step);
                });
                break;
            case RecordKind.RunInfo:
                encoder.Count((int)(record.Status ?? 0));
                encoder.Number(record.EndTime?.ToUnixTimeMilliseconds() ?? long.MinValue);
                encoder.Text(record.RunName);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, null);
        }

        return encoder.Finish();
    }

    private static RecordEncoder Begin(RecordKind kind, string runId)
    {
        var encoder = _ofThread ??= new();
        if (encoder._buffer.Length > LargestKept)
            encoder._buffer = new byte[512];
        encoder._length = Frame.HeadLength;
        encoder.Reserve(1)[0] = (byte)kind;
        encoder.Text(runId);
        return encoder;
    }

    private Span<byte> Finish()
    {
        var frame = _buffer.AsSpan(0, _length);
        var payload = frame[Frame.HeadLength..];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32.HashToUInt32(payload));
        frame[Frame.StateOffset] = Frame.Live;
        return frame;
    }

    private void Point(string key, double value, long timestamp, long step, string? modelId, string? datasetName, string? datasetDigest)
    {
        Text(key);
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);
        Number(timestamp);
        Number(step);
        Text(modelId);
        Text(datasetName);
        Text(datasetDigest);
    }

    private void Pair(string key, string value)
    {
        Text(key);
        Text(value);
    }

    private void Input(DatasetInput input)
    {
        var dataset = input.Dataset;
        Text(dataset.Name);
        Text(dataset.Digest);
        Text(dataset.SourceType);
        Text(dataset.Source);
        Text(dataset.Schema);
        Text(dataset.Profile);
        List(input.Tags, static (e, t) => e.Pair(t.Key, t.Value));
    }

    private void List<T>(IReadOnlyList<T> items, Action<RecordEncoder, T> write)
    {
        Count(items.Count);
        for (var i = 0; i < items.Count; i++)
            write(this, items[i]);
    }

    private void Number(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Seven bits a byte, as <see cref="BinaryWriter.Write7BitEncodedInt"/>.</summary>
    private void Count(int value)
    {
        var rest = (uint)value;
        for (; rest > 0x7F; rest >>= 7)
            Reserve(1)[0] = (byte)(rest | 0x80);
        Reserve(1)[0] = (byte)rest;
    }

    private void Text(string? text)
    {
        if (text is null)
        {
            Count(0);
        }
        else if (text.Length <= ShortText)
        {
            Grow(1 + (text.Length * 3));
            var bytes = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + 1));
            _buffer[_length] = (byte)(bytes + 1);
            _length += 1 + bytes;
        }
        else
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            Count(bytes + 1);
            Encoding.UTF8.GetBytes(text, Reserve(bytes));
        }
    }

    private Span<byte> Reserve(int bytes)
    {
        Grow(bytes);
        var room = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return room;
    }

    private void Grow(int bytes)
    {
        if (_buffer.Length - _length < bytes)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
