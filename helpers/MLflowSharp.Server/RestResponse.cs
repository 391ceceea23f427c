using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server;

/// <summary>An answer of MLflow's REST interface. Dispose it when it is sent.</summary>
public sealed class RestResponse : IDisposable
{
    // In parts, so that a slow reader is seen to take something.
    private const int LargestWrite = 1 << 18;

    private readonly IDisposable? _owner;

    internal RestResponse(int status, string? contentType, Stream content, long? length, IDisposable? owner = null)
    {
        Status = status;
        ContentType = contentType;
        Content = content;
        Length = length;
        _owner = owner;
    }

    internal RestResponse(int status, string? contentType, byte[] content)
        : this(status, contentType, content.Length == 0 ? Stream.Null : InMemory(content), content.Length)
    {
    }

    /// <summary>An answer in JSON that is in memory already, and sent from there.</summary>
    internal static RestResponse OfJson(int status, ArraySegment<byte> json) => new(status, "application/json", InMemory(json), json.Count);

    /// <summary>Makes the answer that tells of one of MLflow's errors.</summary>
    /// <param name="error">The error; its code chooses the status.</param>
    public static RestResponse OfError(MlflowException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Answers.Error(error);
    }

    /// <summary>Makes an answer of plain text.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="text">The text.</param>
    public static RestResponse OfText(int status, string text) => Answers.Text(status, text);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The media type; null for none.</summary>
    public string? ContentType { get; }

    /// <summary>Other headers.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is sent; may be read once.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes of <see cref="Content"/> are sent; null for all there are.</summary>
    public long? Length { get; }

    /// <summary>Copies what is sent.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <exception cref="EndOfStreamException">There is less than <see cref="Length"/> says, for instance because a file was cut meanwhile.</exception>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (Length is not { } left)
        {
            await Content.CopyToAsync(destination, cancellationToken);
            return;
        }

        if (Content is MemoryStream memory && memory.TryGetBuffer(out var all) && all.Count - memory.Position >= left)
        {
            var bytes = all.AsMemory((int)memory.Position, (int)left);
            for (var at = 0; at < bytes.Length; at += LargestWrite)
                await destination.WriteAsync(bytes[at..Math.Min(at + LargestWrite, bytes.Length)], cancellationToken);
            return;
        }

        var buffer = new byte[(int)Math.Min(1 << 16, left)];
        while (left > 0)
        {
            var read = await Content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                throw new EndOfStreamException($"What is sent ended {left} bytes before its announced end.");
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    /// <summary>Closes the content and what it came through.</summary>
    public void Dispose()
    {
        Content.Dispose();
        _owner?.Dispose();
    }

    private static MemoryStream InMemory(ArraySegment<byte> content) => new(content.Array!, content.Offset, content.Count, writable: false, publiclyVisible: true);
}
