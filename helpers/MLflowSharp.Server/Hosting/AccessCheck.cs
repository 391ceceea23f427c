using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Hosting;

/// <summary>Lets through who shows the token: as a bearer token, or as the password that MLflow's clients send with a name.</summary>
internal sealed class AccessCheck(string? token)
{
    // Hashes have one length, so that the time of comparing tells nothing.
    private readonly byte[]? _hash = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Answers a request that shows no token; null when it is let through.</summary>
    public RestResponse? Check(RestRequest request)
    {
        // Probes that ask whether the server lives know no token, and learn nothing else.
        if (request.Path == "/health" || Admits(request))
            return null;
        var refused = Answers.Html(401, "Unauthorized", "You are not authenticated. Set MLFLOW_TRACKING_TOKEN to the server's token, or give it as the password.");
        refused.Headers["WWW-Authenticate"] = "Basic realm=\"mlflow\"";
        return refused;
    }

    /// <summary>Whether a request shows the token, or there is none to show.</summary>
    public bool Admits(RestRequest request) => _hash is null || IsAccepted(request.Header("Authorization"));

    private bool IsAccepted(string? authorization)
    {
        if (authorization?.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var scheme, var value])
            return false;
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return IsToken(value);
        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return false;
        var decoded = new byte[value.Length];
        return Convert.TryFromBase64String(value, decoded, out var length)
            && Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [_, var password] && IsToken(password);
    }

    private bool IsToken(string shown) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), _hash);
}
