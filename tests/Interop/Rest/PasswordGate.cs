using System.Net;

namespace Interop.Rest;

/// <summary>Stands before a server and lets only requests with one Authorization header through, as the reverse proxies of institutes do.</summary>
internal sealed class PasswordGate : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _http = new();
    private readonly string _authorization;

    public PasswordGate(string server, string authorization)
    {
        _authorization = authorization;
        _http.BaseAddress = new(server);
        // A listener takes a port only by number; a free one is found by asking for it.
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Uri = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/team";
        probe.Stop();
        _listener.Prefixes.Add($"{Uri}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens: under a prefix, which the server behind does not know.</summary>
    public string Uri { get; }

    public void Dispose()
    {
        _listener.Close();
        _http.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await PassAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        using var answer = context.Response;
        if (context.Request.Headers["Authorization"] != _authorization)
        {
            answer.StatusCode = 401;
            answer.AddHeader("WWW-Authenticate", "Basic realm=\"mlflow\"");
            await answer.OutputStream.WriteAsync("You are not authenticated."u8.ToArray());
            return;
        }

        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new(context.Request.HttpMethod), context.Request.RawUrl!["/team".Length..]) { Content = new ByteArrayContent(body.ToArray()) };
        if (context.Request.ContentType is { } type)
            request.Content.Headers.ContentType = new(type);
        using var passed = await _http.SendAsync(request);
        answer.StatusCode = (int)passed.StatusCode;
        answer.ContentType = passed.Content.Headers.ContentType?.ToString();
        await answer.OutputStream.WriteAsync(await passed.Content.ReadAsByteArrayAsync());
    }
}
