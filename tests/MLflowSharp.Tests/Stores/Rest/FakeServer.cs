using System.Net;
using System.Text;

namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>A server in memory: answers with what the test says, in turn (the last for ever), and keeps what it was asked.</summary>
internal sealed class FakeServer(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    public List<(string Line, string Body, Dictionary<string, string> Headers)> Requests { get; } = [];

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(
        HttpStatusCode status, string body = "{}", string type = "application/json", Action<HttpResponseMessage>? change = null) => (_, _) =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        change?.Invoke(response);
        return Task.FromResult(response);
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Error(HttpStatusCode status, string code, string message) =>
        Answer(status, $$"""{"error_code": "{{code}}", "message": "{{message}}"}""");

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Fail(Exception error) => (_, _) => Task.FromException<HttpResponseMessage>(error);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer;
        lock (Requests)
        {
            answer = answers[Math.Min(Requests.Count, answers.Length - 1)];
            Requests.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", body, request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value))));
        }

        return await answer(request, cancellationToken);
    }
}
