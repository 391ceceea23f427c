using System.Buffers.Binary;
using System.Text;

namespace MLflowSharp.Journal.Records;

/// <summary>Reads what <see cref="RecordEncoder"/> wrote. Bytes that are no record give an <see cref="InvalidDataException"/>.</summary>
internal ref struct RecordDecoder
{
    private ReadOnlySpan<byte> _rest;

    private RecordDecoder(ReadOnlySpan<byte> payload) => _rest = payload;

    private delegate T Reader<out T>(ref RecordDecoder decoder);

    /// <summary>Reads a record.</summary>
    /// <param name="payload">What stands behind the frame's head.</param>
    public static JournalRecord Decode(ReadOnlySpan<byte> payload)
    {
        var decoder = new RecordDecoder(payload);
        var kind = (RecordKind)decoder.Take(1)[0];
        var record = new JournalRecord(kind, decoder.Required());
        record = kind switch
        {
            RecordKind.Batch => record with { Metrics = decoder.List(Point), Params = decoder.List(Param), Tags = decoder.List(Tag) },
            RecordKind.DeleteTag => record with { Key = decoder.Required() },
            RecordKind.Inputs => record with
            {
                Datasets = decoder.List(Input),
                ModelInputs = decoder.Count() == 0 ? null : decoder.List(static (ref RecordDecoder d) => new LoggedModelInput(d.Required())),
            },
            RecordKind.Outputs => record with
            {
                ModelOutputs = decoder.List(static (ref RecordDecoder d) => new LoggedModelOutput(d.Required(), d.Number())),
            },
            RecordKind.RunInfo => record with { Status = decoder.Status(), EndTime = decoder.Time(), RunName = decoder.Text() },
            _ => throw new InvalidDataException($"unknown kind of record {(byte)kind}"),
        };
        return decoder._rest.IsEmpty ? record : throw new InvalidDataException("bytes behind the record");
    }

    private static Metric Point(ref RecordDecoder d) =>
        new(d.Required(), BinaryPrimitives.ReadDoubleLittleEndian(d.Take(8)), d.Number(), d.Number())
        {
            ModelId = d.Text(),
            DatasetName = d.Text(),
            DatasetDigest = d.Text(),
        };

    private static Param Param(ref RecordDecoder d) => new(d.Required(), d.Required());

    private static RunTag Tag(ref RecordDecoder d) => new(d.Required(), d.Required());

    private static DatasetInput Input(ref RecordDecoder d) => new(
        new(d.Required(), d.Required(), d.Required(), d.Required(), d.Text(), d.Text()),
        d.List(static (ref RecordDecoder t) => new InputTag(t.Required(), t.Required())));

    private RunStatus? Status() => Count() is var status and not 0 ? (RunStatus)status : null;

    private DateTimeOffset? Time() => Number() is var time and not long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private T[] List<T>(Reader<T> read)
    {
        var count = Count();
        // Every item takes a byte or more: a count beyond that is no count.
        if (count > _rest.Length)
            throw new InvalidDataException("more items than bytes");
        var items = count == 0 ? [] : new T[count];
        for (var i = 0; i < count; i++)
            items[i] = read(ref this);
        return items;
    }

    private long Number() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private int Count()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                return value <= int.MaxValue ? (int)value : throw new InvalidDataException("a length beyond all bounds");
        }

        throw new InvalidDataException("a length without end");
    }

    private string? Text() => Count() is var length and not 0 ? Encoding.UTF8.GetString(Take(length - 1)) : null;

    private string Required() => Text() ?? throw new InvalidDataException("a text is missing");

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length)
            throw new InvalidDataException("the record ends too early");
        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
