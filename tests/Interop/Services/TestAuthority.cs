using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Services;

/// <summary>Makes an authority and a server's certificate that it signed, good for a day.</summary>
internal static class TestAuthority
{
    /// <summary>Writes both.</summary>
    /// <param name="authorityFile">For clients: the authority's certificate.</param>
    /// <param name="serverFile">For the server: its certificate and key.</param>
    /// <param name="names">The server's names.</param>
    public static async Task WriteAsync(string authorityFile, string serverFile, IEnumerable<string> names)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest($"CN=Authority of a test {Guid.NewGuid():N}", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using var authority = request.CreateSelfSigned(from, until);

        using var serverKey = RSA.Create(2048);
        var serverRequest = new CertificateRequest("CN=Server of a test", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (var name in names)
            alternatives.AddDnsName(name);
        serverRequest.CertificateExtensions.Add(alternatives.Build());
        using var server = serverRequest.Create(authority, from, until, RandomNumberGenerator.GetBytes(16));
        await File.WriteAllTextAsync(authorityFile, authority.ExportCertificatePem());
        await File.WriteAllTextAsync(serverFile, $"{server.ExportCertificatePem()}\n{serverKey.ExportPkcs8PrivateKeyPem()}\n");
    }
}
