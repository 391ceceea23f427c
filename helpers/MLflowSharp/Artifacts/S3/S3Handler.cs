using System.Net;
using System.Net.Sockets;
using MLflowSharp.Protocol;

namespace MLflowSharp.Artifacts.S3;

/// <summary>Makes the connections that the SDK's own do not: with certificates of one's own, and to buckets below <c>localhost</c>.</summary>
internal static class S3Handler
{
    private const string BelowLocalhost = ".localhost";

    public static bool IsNeeded(S3ArtifactOptions options) => options.IgnoreTls || options.CertificateBundle is not null || IsLocal(options);

    public static SocketsHttpHandler Create(S3ArtifactOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // The SDK signs a request for one address only, and so follows redirects itself.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.IgnoreTls)
        {
#pragma warning disable CA5359 // Asked for in so many words, with MLFLOW_S3_IGNORE_TLS.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.CertificateBundle is { } bundle)
        {
            handler.SslOptions.CertificateChainPolicy = TrustedCertificates.Policy(bundle, "AWS_CA_BUNDLE");
        }

        if (IsLocal(options))
            handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken);
        return handler;
    }

    /// <summary>Names below <c>localhost</c> are this machine (RFC 6761), though not every system's resolver knows.</summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host.EndsWith(BelowLocalhost, StringComparison.OrdinalIgnoreCase) ? new DnsEndPoint("localhost", server.Port) : server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLocal(S3ArtifactOptions options) =>
        Uri.TryCreate(options.EndpointUrl, UriKind.Absolute, out var uri)
        && (uri.Host.EndsWith(BelowLocalhost, StringComparison.OrdinalIgnoreCase)
            || (options.AddressingStyle == S3AddressingStyle.Virtual && uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)));
}
