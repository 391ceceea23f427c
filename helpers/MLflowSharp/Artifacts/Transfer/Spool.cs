using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>
/// Takes what is written until it is whole: storages want to know the size before they are sent anything, and a broken connection means to
/// send it again. Small content stays in memory, large content goes to a temporary file that vanishes afterwards.
/// </summary>
internal sealed class Spool : Stream
{
    private const int MostInMemory = 8 << 20;
    private readonly MemoryStream _memory = new();
    private FileStream? _file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _memory.Length + (_file?.Length ?? 0);

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>What was written, to be sent before this is disposed.</summary>
    public UploadSource ToSource()
    {
        if (_file is null)
            return UploadSource.Of(_memory.GetBuffer(), (int)_memory.Length);
        _file.Flush();
        return UploadSource.Of(_file.Name);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Room(buffer.Length) is { } file)
            await file.WriteAsync(buffer, cancellationToken);
        else
            await _memory.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer) => ((Stream?)Room(buffer.Length) ?? _memory).Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // It is written when it is read.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _memory.Dispose();
        }

        base.Dispose(disposing);
    }

    private FileStream? Room(int bytes)
    {
        if (_file is not null || _memory.Length + bytes <= MostInMemory)
            return _file;
        try
        {
            _file = new FileStream(
                Path.Combine(Path.GetTempPath(), $"mlflow-{Guid.NewGuid():N}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
            _memory.WriteTo(_file);
            _memory.SetLength(0);
            return _file;
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"A temporary file for an artifact cannot be written to '{Path.GetTempPath()}'", error);
        }
    }
}
