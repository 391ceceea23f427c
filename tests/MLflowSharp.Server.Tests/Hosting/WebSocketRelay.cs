using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>Passes on what goes through a WebSocket, both ways, until one side closes it.</summary>
internal static class WebSocketRelay
{
    private static readonly string[] PassedOn = ["Host", "Origin", "Cookie", "Authorization", "User-Agent"];

    /// <summary>Connects to the server as the client asked, and passes on.</summary>
    public static async Task RelayAsync(HttpContext context, Uri server)
    {
        using var inner = new ClientWebSocket();
        foreach (var protocol in context.WebSockets.WebSocketRequestedProtocols)
            inner.Options.AddSubProtocol(protocol);
        foreach (var name in PassedOn.Where(name => context.Request.Headers[name].Count > 0))
            inner.Options.SetRequestHeader(name, context.Request.Headers[name].ToString());
        await inner.ConnectAsync(new UriBuilder(server) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var outer = await context.WebSockets.AcceptWebSocketAsync(inner.SubProtocol);
        try
        {
            await Task.WhenAll(CopyAsync(outer, inner, context.RequestAborted), CopyAsync(inner, outer, context.RequestAborted));
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            // One side went without a word, as browsers do.
        }
    }

    private static async Task CopyAsync(WebSocket from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            var received = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await to.CloseOutputAsync(from.CloseStatus ?? WebSocketCloseStatus.NormalClosure, from.CloseStatusDescription, cancellationToken);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
        }
    }
}
