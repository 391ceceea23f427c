using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>A small reverse proxy, as clusters and notebook servers have: one prefix leads to a server, with the prefix taken away or left.</summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Transfer-Encoding", "Keep-Alive" };

    private readonly WebApplication _host;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private ReverseProxy(WebApplication host, string prefix) => (_host, Prefix) = (host, prefix);

    public string Prefix { get; }

    /// <summary>Where the server is for those outside.</summary>
    public string Address => _host.Urls.First() + Prefix;

    /// <summary>Starts one.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="prefix">The prefix, with a leading slash.</param>
    /// <param name="strips">Whether the server does not see the prefix.</param>
    /// <param name="host">The Host header that the server sees; null for the one that was sent.</param>
    public static async Task<ReverseProxy> StartAsync(Uri server, string prefix, bool strips, string? host = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var proxy = new ReverseProxy(application, prefix);
        application.UseWebSockets();
        application.Run(context => proxy.PassAsync(context, server, strips, host));
        await application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context, Uri server, bool strips, string? host)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith(Prefix, StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var address = new Uri(server, strips ? target[Prefix.Length..] : target);
        if (context.WebSockets.IsWebSocketRequest)
        {
            await WebSocketRelay.RelayAsync(context, address);
            return;
        }

        using var request = new HttpRequestMessage(new(context.Request.Method), address);
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(header => !NotPassedOn.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        request.Headers.Host = host ?? context.Request.Headers.Host;
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !NotPassedOn.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
