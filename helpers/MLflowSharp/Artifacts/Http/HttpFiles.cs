using System.Net;
using System.Net.Http.Headers;
using MLflowSharp.Stores;

namespace MLflowSharp.Artifacts.Http;

/// <summary>Reads a file over HTTP, from where an earlier reading stopped when the server can do that and the file is the same.</summary>
internal static class HttpFiles
{
    private const int MostRedirects = 10;
    private static readonly HttpStatusCode[] Redirects =
        [HttpStatusCode.MovedPermanently, HttpStatusCode.Found, HttpStatusCode.SeeOther, HttpStatusCode.TemporaryRedirect, HttpStatusCode.PermanentRedirect];

    private static readonly HttpStatusCode[] Accepted = [HttpStatusCode.RequestedRangeNotSatisfiable, HttpStatusCode.PreconditionFailed];

    /// <summary>Reads from any address, and from where it redirects to, but never from https to http.</summary>
    public static async Task<ArtifactContent> OpenAsync(Func<string, ArtifactHttp> connect, Uri address, ArtifactPosition? from, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            Uri? next = null;
            var content = await OpenAsync(connect(address.AbsoluteUri), address.PathAndQuery, from, cancellationToken, moved: location => next = new Uri(address, location));
            if (next is null)
                return content!;
            if (redirects == MostRedirects || next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
            {
                throw new MlflowException(
                    $"'{StoreUri.WithoutSecrets(address.AbsoluteUri)}' redirects to '{StoreUri.WithoutSecrets(next.AbsoluteUri)}', which is not followed. Name the file's own address.", ErrorCode.BadRequest);
            }

            address = next;
        }
    }

    public static async Task<ArtifactContent> OpenAsync(
        ArtifactHttp http, string target, ArtifactPosition? from, CancellationToken cancellationToken, Action<HttpRequestHeaders>? headers = null, Func<Task>? beforeRetry = null) =>
        (await OpenAsync(http, target, from, cancellationToken, headers, beforeRetry, moved: null))!;

    private static async Task<ArtifactContent?> OpenAsync(
        ArtifactHttp http, string target, ArtifactPosition? from, CancellationToken cancellationToken, Action<HttpRequestHeaders>? headers = null, Func<Task>? beforeRetry = null,
        Action<Uri>? moved = null)
    {
        // Without anything that tells whether the file changed there is nothing to go on from but its size.
        var goesOn = from is { Offset: > 0 } && from.Offset < (from.Length ?? long.MaxValue) && (from.Version is not null || from.Length is not null);
        var response = await http.SendAsync(HttpMethod.Get, target, cancellationToken, headers: Ask, accepted: [.. goesOn ? Accepted : [], .. moved is null ? [] : Redirects], beforeRetry: beforeRetry);
        try
        {
            if (Redirects.Contains(response.StatusCode) && response.Headers.Location is { } location)
            {
                response.Dispose();
                moved!(location);
                return null;
            }

            var isPart = response.StatusCode == HttpStatusCode.PartialContent;
            var range = response.Content.Headers.ContentRange;
            var version = VersionOf(response);
            if (goesOn && (Accepted.Contains(response.StatusCode)
                || (isPart && (range?.From != from!.Offset || version != from.Version || (from.Length is { } whole && range.Length != whole)))))
            {
                response.Dispose();
                return await OpenAsync(http, target, null, cancellationToken, headers, beforeRetry, moved);
            }

            var offset = isPart ? from!.Offset : 0;
            var length = isPart ? range!.Length : response.Content.Headers.ContentEncoding.Count > 0 ? null : response.Content.Headers.ContentLength;
            var md5 = isPart ? null : response.Content.Headers.ContentMD5;
            return new(await response.Content.ReadAsStreamAsync(cancellationToken), offset, length, version, md5, response);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        void Ask(HttpRequestHeaders request)
        {
            headers?.Invoke(request);
            // As it is stored: sizes and ranges are of that.
            request.AcceptEncoding.Clear();
            request.AcceptEncoding.Add(new("identity"));
            if (!goesOn)
                return;
            request.Range = new RangeHeaderValue(from!.Offset, null);
            if (from.Version is { } version && EntityTagHeaderValue.TryParse(version, out var tag) && !tag.IsWeak)
                request.IfRange = new RangeConditionHeaderValue(tag);
        }
    }

    private static string? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag?.ToString() ?? response.Content.Headers.LastModified?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
