using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>Answers as the recorded server did, and demands that each request is the one MLflow's own client sent.</summary>
internal sealed class RecordedSession(string recording) : HttpMessageHandler
{
    private readonly IReadOnlyList<RecordedCall> _calls = RecordedCall.Read(recording);

    /// <summary>How many calls were made.</summary>
    public int Made { get; private set; }

    public int Recorded => _calls.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = _calls[Made];
        var uri = request.RequestUri!;
        Assert.Equal($"{Made} {call.Method} /{call.Route}", $"{Made} {request.Method} {uri.AbsolutePath}");
        Assert.Equal(Pairs(call.Query), Pairs(uri.Query.TrimStart('?')));
        Assert.Equal(call.Request?.ToJsonString().Length > 0 ? "application/json" : null, request.Content?.Headers.ContentType?.ToString());
        Assert.True(SameJson.Is(call.Request, sent.Length == 0 ? null : JsonNode.Parse(sent)), $"{Made} {call.Route}: we send\n{sent}\nMLflow's client sends\n{call.Request?.ToJsonString()}");
        Made++;
        return new((HttpStatusCode)call.Status) { Content = new StringContent(call.Response!.ToJsonString(), Encoding.UTF8, "application/json") };
    }

    private static IEnumerable<string> Pairs(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(WebUtility.UrlDecode).Order(StringComparer.Ordinal)!;
}
