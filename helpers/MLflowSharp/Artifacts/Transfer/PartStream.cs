namespace MLflowSharp.Artifacts.Transfer;

/// <summary>A stretch of another stream, read-only, as if it were all there is.</summary>
internal sealed class PartStream : Stream
{
    private readonly Stream _whole;
    private readonly long _offset;

    public PartStream(Stream whole, long offset, long length)
    {
        (_whole, _offset, Length) = (whole, offset, Math.Min(length, Math.Max(0, whole.Length - offset)));
        _whole.Position = offset;
    }

    public override long Length { get; }

    public override long Position
    {
        get => _whole.Position - _offset;
        set => _whole.Position = _offset + value;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override int Read(Span<byte> buffer) => _whole.Read(buffer[..Left(buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _whole.ReadAsync(buffer[..Left(buffer.Length)], cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _whole.Dispose();
        base.Dispose(disposing);
    }

    private int Left(int wanted) => (int)Math.Max(0, Math.Min(wanted, Length - Position));
}
