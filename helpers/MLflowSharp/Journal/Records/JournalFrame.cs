namespace MLflowSharp.Journal.Records;

/// <summary>A record where it stands in its file.</summary>
/// <param name="offset">Where its frame begins.</param>
/// <param name="next">Where the next one begins.</param>
/// <param name="isWithdrawn">Whether it must not be written any more.</param>
/// <param name="record">The record; null when the frame is damaged.</param>
/// <param name="damaged">The bytes of a damaged frame.</param>
internal sealed class JournalFrame(long offset, long next, bool isWithdrawn, JournalRecord? record, byte[]? damaged)
{
    public long Offset => offset;

    public long Next => next;

    public bool IsWithdrawn => isWithdrawn;

    public JournalRecord? Record => record;

    public byte[]? Damaged => damaged;

    /// <summary>Its number among those this process appended; 0 when another process did.</summary>
    public long Number { get; set; }

    public bool IsDamaged => damaged is not null;

    /// <summary>Reads a whole frame.</summary>
    public static JournalFrame Read(ReadOnlySpan<byte> frame, long offset)
    {
        var end = offset + frame.Length;
        try
        {
            if (Frame.IsIntact(frame, offset))
                return new(offset, end, frame[Frame.StateOffset] == Frame.Withdrawn, RecordDecoder.Decode(frame[Frame.HeadLength..]), null);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentOutOfRangeException)
        {
            // Intact and yet no record: damaged like the others.
        }

        return new(offset, end, false, null, frame.ToArray());
    }
}
