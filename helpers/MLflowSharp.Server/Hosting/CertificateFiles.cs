using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MLflowSharp.Server.Hosting;

/// <summary>Reads a server's certificate and its key.</summary>
internal static class CertificateFiles
{
    /// <summary>Reads them; null when there is no certificate.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: a file cannot be read, or the two do not belong together.</exception>
    public static X509Certificate2? Load(string? certificateFile, string? keyFile)
    {
        if (certificateFile is null)
            return keyFile is null ? null : throw MlflowException.Invalid("A key without a certificate is of no use. Give the file of the certificate as well.");
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
