using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MLflowSharp.Server.Hosting;

/// <summary>Reads a server's certificate and its key.</summary>
internal static class CertificateFiles
{
    /// <summary>Lets a server speak TLS with them.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: a file cannot be read, or the two do not belong together.</exception>
    public static void Secure(ListenOptions listen, string certificateFile, string? keyFile) => listen.UseHttps(Load(certificateFile, keyFile));

    private static X509Certificate2 Load(string certificateFile, string? keyFile)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            // On Windows a key that is only in memory cannot be used for TLS; the detour through PKCS 12 makes it one that can.
            return OperatingSystem.IsWindows()
                ? X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null)
                : X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new MlflowException(
                $"The certificate '{certificateFile}'{(keyFile is null ? "" : $" with the key '{keyFile}'")} cannot be used: {error.Message} Both are PEM files; a key with a password is not read.",
                ErrorCode.InvalidParameterValue, error);
        }
    }
}
