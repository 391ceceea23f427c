using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MLflowSharp.Protocol;

/// <summary>The authorities that the user says are to be trusted, and no others, as Python's libraries take such a file.</summary>
internal static class TrustedCertificates
{
    /// <summary>A policy for servers' certificates.</summary>
    /// <param name="path">A PEM file, or a folder of PEM files.</param>
    /// <param name="variable">What named it, for messages.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when no certificate can be read there.</exception>
    public static X509ChainPolicy Policy(string path, string variable)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Read(path, variable));
        return policy;
    }

    private static X509Certificate2Collection Read(string path, string variable)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            var files = Directory.Exists(path) ? Directory.GetFiles(path) : [path];
            foreach (var file in files)
                certificates.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MlflowException($"The server certificates '{path}' ({variable}) cannot be read: {error.Message}", ErrorCode.InvalidParameterValue, error);
        }

        return certificates.Count > 0
            ? certificates
            : throw MlflowException.Invalid($"The server certificates '{path}' ({variable}) hold no certificate. Give a PEM file, or a folder of PEM files.");
    }
}
