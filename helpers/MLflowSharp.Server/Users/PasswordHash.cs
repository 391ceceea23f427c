using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MLflowSharp.Server.Users;

/// <summary>
/// Passwords as they are kept: PBKDF2 with SHA-256, written <c>pbkdf2:sha256:ROUNDS$SALT$HEX</c>, which is how Werkzeug
/// (https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash) and with it MLflow for Python writes it, too.
/// </summary>
internal static class PasswordHash
{
    private const int SaltLength = 16;
    private const string Scheme = "pbkdf2:sha256:";

    /// <summary>A hash that no password has: checking against it takes as long as against a real one.</summary>
    public static string OfNobody(int rounds) => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{rounds}$nobody${new string('0', 64)}");

    /// <summary>Makes the hash of a password, with a salt of its own.</summary>
    public static string Create(string password, int rounds)
    {
        var salt = RandomNumberGenerator.GetHexString(SaltLength, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}{rounds}${salt}${Convert.ToHexStringLower(Derive(password, salt, rounds, SHA256.HashSizeInBytes))}");
    }

    /// <summary>Whether a password is that of a hash.</summary>
    public static bool Verify(string password, string hash)
    {
        if (!hash.StartsWith(Scheme, StringComparison.Ordinal) || hash[Scheme.Length..].Split('$') is not [var rounds, var salt, var expected]
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            return false;
        }

        var wanted = Convert.FromHexString(expected);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, count, wanted.Length), wanted);
    }

    private static byte[] Derive(string password, string salt, int rounds, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), rounds, HashAlgorithmName.SHA256, length);
}
