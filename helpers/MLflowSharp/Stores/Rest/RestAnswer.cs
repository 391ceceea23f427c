using System.Net;

namespace MLflowSharp.Stores.Rest;

/// <summary>A server's answer, read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type; empty when the server did not say.</param>
/// <param name="Body">The body, decompressed.</param>
/// <param name="Location">Where the server redirects to; null when it does not.</param>
/// <param name="MayHaveBeenDone">Whether an earlier attempt may have been carried out, because its answer was lost on the way.</param>
internal sealed record RestAnswer(HttpStatusCode Status, string ContentType, byte[] Body, Uri? Location, bool MayHaveBeenDone)
{
    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response, bool mayHaveBeenDone, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType ?? "",
        await response.Content.ReadAsByteArrayAsync(cancellationToken),
        response.Headers.Location,
        mayHaveBeenDone);
}
