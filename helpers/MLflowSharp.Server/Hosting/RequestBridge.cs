using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Observing;

namespace MLflowSharp.Server.Hosting;

/// <summary>Between the web server and what answers: both bodies are streamed.</summary>
internal sealed class RequestBridge(Func<RestRequest, CancellationToken, Task<RestResponse>> answer, RequestGuard guard, AccessCheck access, BrowserSession? session, RequestWatch? watch, string prefix, TimeSpan readerPatience)
    : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Nothing of it is kept.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = ToRequest(context);
        var (began, status) = (watch?.Began() ?? 0, RequestWatch.ClientLeft);
        try
        {
            using var response = guard.Check(request) ?? session?.SignIn(request) ?? (session?.Admits(request) == true ? null : access.Check(request)) ?? await AnswerAsync(request, context.RequestAborted);
            guard.Describe(request, response);
            await SendAsync(context, request, response);
            status = response.Status;
        }
        catch (Exception error) when (error is IOException || context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone, or would take half an answer for a whole one.
            context.Abort();
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

    private static RestRequest ToRequest(HttpContext context)
    {
        var headers = new Dictionary<string, string>(context.Request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in context.Request.Headers)
            headers[name] = values.ToString();
        return new()
        {
            Method = context.Request.Method,
            // As it was sent: what the web server has decoded and tidied hides what a path tries.
            Target = TargetOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
            Headers = headers,
            Body = context.Request.Body,
        };
    }

    // A client that takes the server for a proxy sends the whole address.
    private static string TargetOf(string target) =>
        target.StartsWith('/') || target.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme) ? target
            : target.IndexOf('/', scheme + 3) is > 0 and var path ? target[path..] : "/";

    private async Task SendAsync(HttpContext context, RestRequest request, RestResponse response)
    {
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Length;
        foreach (var (name, value) in response.Headers)
            context.Response.Headers[name] = value;
        if (request.Method != "HEAD")
            await response.CopyToAsync(new PatientStream(context.Response.Body, readerPatience), context.RequestAborted);
    }
}
