using Microsoft.AspNetCore.Http.Features;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Observing;

namespace MLflowSharp.Server.Hosting;

/// <summary>Between the web server and what answers: both bodies are streamed.</summary>
internal sealed class RequestBridge(Func<RestRequest, CancellationToken, Task<RestResponse>> answer, RequestGuard guard, AccessCheck access, BrowserSession? session, RequestWatch? watch, string prefix, TimeSpan readerPatience)
{
    public async Task AnswerAsync(IFeatureCollection connection)
    {
        var request = ToRequest(connection.GetRequiredFeature<IHttpRequestFeature>());
        var lifetime = connection.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var (began, status) = (watch?.Began() ?? 0, RequestWatch.ClientLeft);
        try
        {
            using var response = guard.Check(request) ?? session?.SignIn(request) ?? (session?.Admits(request) == true ? null : access.Check(request)) ?? await AnswerAsync(request, lifetime.RequestAborted);
            guard.Describe(request, response);
            await SendAsync(connection, request, response, lifetime.RequestAborted);
            status = response.Status;
        }
        catch (Exception error) when (error is IOException || lifetime.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone, or would take half an answer for a whole one.
            lifetime.Abort();
        }
        finally
        {
            watch?.Ended(request, status, began);
        }
    }

    private Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellationToken)
    {
        if (prefix.Length == 0)
            return answer(request, cancellationToken);
        return request.Target.StartsWith(prefix, StringComparison.Ordinal) && request.Target.AsSpan(prefix.Length) is ['/' or '?', ..] or []
            ? answer(request with { Target = request.Target[prefix.Length..] is ['/', ..] rest ? rest : "/" + request.Target[prefix.Length..] }, cancellationToken)
            : Task.FromResult(Answers.Html(404, "Not Found", $"This server's addresses begin with {prefix}/."));
    }

    private static RestRequest ToRequest(IHttpRequestFeature sent)
    {
        var headers = new Dictionary<string, string>(sent.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in sent.Headers)
            headers[name] = values.ToString();
        return new()
        {
            Method = sent.Method,
            // As it was sent: what the web server has decoded and tidied hides what a path tries.
            Target = TargetOf(sent.RawTarget),
            Headers = headers,
            Body = sent.Body,
        };
    }

    // A client that takes the server for a proxy sends the whole address.
    private static string TargetOf(string target) =>
        target.StartsWith('/') || target.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme) ? target
            : target.IndexOf('/', scheme + 3) is > 0 and var path ? target[path..] : "/";

    private async Task SendAsync(IFeatureCollection connection, RestRequest request, RestResponse response, CancellationToken cancellationToken)
    {
        var answer = connection.GetRequiredFeature<IHttpResponseFeature>();
        answer.StatusCode = response.Status;
        answer.Headers.ContentType = response.ContentType;
        answer.Headers.ContentLength = response.Length;
        foreach (var (name, value) in response.Headers)
            answer.Headers[name] = value;
        if (request.Method != "HEAD")
            await response.CopyToAsync(new PatientStream(connection.GetRequiredFeature<IHttpResponseBodyFeature>().Stream, readerPatience), cancellationToken);
    }
}
