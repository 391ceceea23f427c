using Amazon.Runtime;

namespace MLflowSharp.Artifacts.S3;

/// <summary>The content that the SDK reads. The SDK compares checksums itself when it comes to the end, and its error is made MLflow's.</summary>
internal sealed class S3ContentStream(Stream inner, string path) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (AmazonClientException error)
        {
            throw Damaged(error);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return inner.Read(buffer, offset, count);
        }
        catch (AmazonClientException error)
        {
            throw Damaged(error);
        }
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private MlflowException Damaged(AmazonClientException error) => new(
        $"The artifact '{path}' does not have the checksum that the service has for it ({error.Message}), so it is not to be used. Download it again; if that fails as well, the artifact itself is damaged.",
        ErrorCode.DataLoss, error);
}
