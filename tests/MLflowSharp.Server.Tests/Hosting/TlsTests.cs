using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>TLS by the files that uvicorn takes.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_certificate_and_its_key_the_server_speaks_TLS(bool keyApart)
    {
        var (certificate, key, print) = Write(keyApart);
        await using var server = await TrackingServer.StartAsync(Options with { CertificateFile = certificate, KeyFile = key }, TestContext.Current.CancellationToken);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == print };
        using var http = new HttpClient(handler);

        Assert.StartsWith("https://127.0.0.1:", server.TrackingUri, StringComparison.Ordinal);
        using var answer = await http.GetAsync(new Uri($"{server.TrackingUri}/?token=s3cret"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.EndsWith("; Secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_refused_with_their_names()
    {
        var (certificate, _, _) = Write(keyApart: true);
        var garbage = Path.Combine(_folder.FullName, "garbage.pem");
        await File.WriteAllTextAsync(garbage, "garbage", TestContext.Current.CancellationToken);

        foreach (var options in (TrackingServerOptions[])[Options with { CertificateFile = "nowhere.pem" }, Options with { CertificateFile = garbage }, Options with { CertificateFile = certificate }, Options with { CertificateFile = certificate, KeyFile = garbage }, Options with { KeyFile = garbage }])
        {
            var refused = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(options, TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCode.InvalidParameterValue, refused.ErrorCode);
            Assert.Contains(options.CertificateFile ?? "certificate", refused.Message, StringComparison.Ordinal);
        }
    }

    private TrackingServerOptions Options => new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = null, Port = 0, Token = "s3cret" };

    private (string Certificate, string? Key, string Print) Write(bool keyApart)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder.FullName, "server.crt");
        File.WriteAllText(file, certificate.ExportCertificatePem() + (keyApart ? "" : "\n" + key.ExportPkcs8PrivateKeyPem()));
        if (!keyApart)
            return (file, null, certificate.Thumbprint);
        var keyFile = Path.Combine(_folder.FullName, "server.key");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (file, keyFile, certificate.Thumbprint);
    }
}
