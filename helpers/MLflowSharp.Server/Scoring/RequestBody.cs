using System.Buffers;
using System.Globalization;

namespace MLflowSharp.Server.Scoring;

/// <summary>A whole body in borrowed memory.</summary>
internal readonly struct RequestBody : IDisposable
{
    private const int FirstSize = 16 << 10;
    private readonly byte[] _buffer;
    private readonly int _length;

    private RequestBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>What was sent.</summary>
    public ReadOnlySpan<byte> Content => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body; null when it is larger than allowed, of which no more is read than shows it.</summary>
    public static async Task<RequestBody?> ReadAsync(RestRequest request, long most, CancellationToken cancellationToken)
    {
        var announced = long.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : FirstSize;
        if (announced > most)
            return null;
        // A byte more than announced, so that the end is seen without growing.
        var buffer = ArrayPool<byte>.Shared.Rent((int)announced + 1);
        var filled = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var read)
            {
                filled += read;
                if (filled > most)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                if (filled == buffer.Length)
                    buffer = Grow(buffer);
            }

            return new(buffer, filled);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
