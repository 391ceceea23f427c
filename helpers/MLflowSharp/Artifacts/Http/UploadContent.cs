using System.Net;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Artifacts.Http;

/// <summary>A request's body that is read from its source while it is sent, with its length, and that tells how far it is.</summary>
/// <param name="source">What is sent.</param>
/// <param name="offset">Where to begin.</param>
/// <param name="length">How much to send.</param>
/// <param name="sent">Is told the bytes of each piece that was sent.</param>
internal sealed class UploadContent(UploadSource source, long offset, long length, Action<int>? sent = null) : HttpContent
{
    private const int Piece = 1 << 17;

    /// <summary>Called whenever a piece has gone, so that only a connection that stands still is given up.</summary>
    public Action? Alive { get; set; }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var content = source.OpenRead(offset, length);
        var buffer = new byte[Piece];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            sent?.Invoke(read);
            Alive?.Invoke();
        }
    }
}
