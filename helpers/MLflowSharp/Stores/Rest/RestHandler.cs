using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

/// <summary>Makes the connection pool of one client: certificates, proxy, Unix socket, compression.</summary>
internal static class RestHandler
{
    public static SocketsHttpHandler Create(RestAddress address, HttpSettings settings, MlflowHttpOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            // Following a redirect would repeat a POST as a GET, or carry credentials to a login page; the answer says where to go instead.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A server that moves to another address is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (address.SocketPath is { } socketPath)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(socketPath, cancellationToken);
        }
        else if (options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
        }

        if (address.BaseUri.Scheme == Uri.UriSchemeHttps)
            handler.SslOptions = SslOptions(settings);
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions SslOptions(HttpSettings settings)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (settings.InsecureTls)
        {
#pragma warning disable CA5359 // The user asked for it, as MLFLOW_TRACKING_INSECURE_TLS does in MLflow.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (settings.ServerCertificatePath is { } trusted)
        {
            ssl.CertificateChainPolicy = TrustedCertificates.Policy(trusted, "MLFLOW_TRACKING_SERVER_CERT_PATH");
        }

        if ((settings.ClientCertificate ?? ClientCertificate(settings.ClientCertificatePath)) is { } certificate)
        {
            // Given by callback, so that it is sent also when the server names no issuers, as OpenSSL does.
            ssl.ClientCertificates = [certificate];
            ssl.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return ssl;
    }

    private static X509Certificate2? ClientCertificate(string? path)
    {
        if (path is null)
            return null;
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(path);
            // Windows cannot use a key that exists in memory only for TLS.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MlflowException(
                $"The client certificate '{path}' (MLFLOW_TRACKING_CLIENT_CERT_PATH) cannot be read: {error.Message} Give a PEM file with the certificate and its unencrypted private key.",
                ErrorCode.InvalidParameterValue, error);
        }
    }
}
