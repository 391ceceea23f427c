using System.Net;
using System.Net.Http.Headers;

namespace MLflowSharp.Server;

/// <summary>
/// Lets an <see cref="HttpClient"/> speak to a <see cref="RestApi"/> in the same process, without a socket: for
/// <c>MlflowHttpOptions.Handler</c>, and for tests. Whatever host the address names, it is this one.
/// </summary>
/// <param name="answer">What answers, such as <see cref="RestApi.HandleAsync"/>.</param>
public sealed class RestApiHandler(Func<RestRequest, CancellationToken, Task<RestResponse>> answer) : HttpMessageHandler
{
    /// <summary>Makes one of an interface.</summary>
    /// <param name="api">The interface.</param>
    public RestApiHandler(RestApi api)
        : this((api ?? throw new ArgumentNullException(nameof(api))).HandleAsync)
    {
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        headers.TryAdd("Host", request.RequestUri!.Authority);
        await using var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken);
        var sent = new RestRequest { Method = request.Method.Method, Target = request.RequestUri.PathAndQuery, Headers = headers, Body = body };
        try
        {
            return ToMessage(request, await answer(sent, cancellationToken));
        }
        catch (IOException error)
        {
            // This is how a connection that breaks looks to the one who waits for the answer.
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was closed before the answer came.", error);
        }
    }

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, RestResponse answer)
    {
        var content = new AnswerContent(answer, withBody: request.Method != HttpMethod.Head);
        content.Headers.ContentLength = answer.Length;
        if (answer.ContentType is { } type)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        foreach (var (name, value) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Gives an answer on as it is read, and closes it with the message.</summary>
    private sealed class AnswerContent(RestResponse answer, bool withBody) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            withBody ? answer.CopyToAsync(stream, cancellationToken) : Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = answer.Length ?? 0;
            return answer.Length is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                answer.Dispose();
            base.Dispose(disposing);
        }
    }
}
