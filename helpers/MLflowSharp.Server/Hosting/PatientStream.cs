namespace MLflowSharp.Server.Hosting;

/// <summary>
/// Writes to a reader who has to take something now and then: the web server itself lets one who does not wait for hours, with the file of the
/// answer open.
/// </summary>
/// <param name="reader">Where it is written to.</param>
/// <param name="patience">How long one write may take.</param>
internal sealed class PatientStream(Stream reader, TimeSpan patience) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes on.</summary>
    /// <exception cref="IOException">The reader took nothing for too long.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = reader.WriteAsync(buffer, cancellationToken);
        if (writing.IsCompleted)
        {
            await writing;
            return;
        }

        try
        {
            await writing.AsTask().WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new IOException($"The reader of the answer took nothing for {patience.TotalSeconds:0} s.", error);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => reader.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
