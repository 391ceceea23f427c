using System.Net;

namespace MLflowSharp.Tests.Artifacts.Suite;

/// <summary>A network between client and server that a test can cut, bend and watch.</summary>
/// <param name="inner">What the requests go to.</param>
public sealed class NetworkHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly List<(HttpMethod Method, Uri Uri, string? Range)> _requests = [];

    /// <summary>After how many bytes the connection breaks in an answer that has more; the next answers come whole once <see cref="Cuts"/> is used up.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>How many answers are cut.</summary>
    public int Cuts { get; set; }

    /// <summary>Which byte of a whole answer's body is changed; null for none.</summary>
    public long? DamagedByte { get; set; }

    /// <summary>Called before a request is passed on; may throw, as a broken network does.</summary>
    public Action<HttpRequestMessage>? Before { get; set; }

    /// <summary>What was asked for so far.</summary>
    public IReadOnlyList<(HttpMethod Method, Uri Uri, string? Range)> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_requests)
            _requests.Add((request.Method, request.RequestUri!, request.Headers.Range?.ToString()));
        Before?.Invoke(request);
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Get || response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent) || (CutAfter == long.MaxValue && DamagedByte is null))
            return response;

        var isCut = Cuts > 0 && (response.Content.Headers.ContentLength ?? long.MaxValue) > CutAfter;
        var limit = isCut ? CutAfter : long.MaxValue;
        Cuts -= isCut ? 1 : 0;
        var bent = new StreamContent(new BentStream(await response.Content.ReadAsStreamAsync(cancellationToken), limit, DamagedByte));
        foreach (var (name, values) in response.Content.Headers)
            bent.Headers.TryAddWithoutValidation(name, values);
        response.Content = bent;
        return response;
    }

    private sealed class BentStream(Stream inner, long limit, long? damaged) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= limit)
                throw new IOException("The connection was cut by a test.");
            var count = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, limit - _read)], cancellationToken);
            if (damaged is { } place && place >= _read && place < _read + count)
                buffer.Span[(int)(place - _read)] ^= 0x40;
            _read += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
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
    }
}
