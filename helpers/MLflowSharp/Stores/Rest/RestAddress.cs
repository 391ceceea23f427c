using System.Net;

namespace MLflowSharp.Stores.Rest;

/// <summary>
/// Where a tracking server is: <c>http(s)://host:port/prefix</c>, or a Unix socket as <c>http+unix://%2Frun%2Fmlflow.sock/prefix</c>, which is how
/// the tools around Docker and requests write one. A name and password in the URI are taken out and never shown.
/// </summary>
internal sealed class RestAddress
{
    private const string UnixScheme = "http+unix://";

    private RestAddress(Uri baseUri, string display, string? socketPath, NetworkCredential? credential)
    {
        BaseUri = baseUri;
        Display = display;
        SocketPath = socketPath;
        Credential = credential;
    }

    /// <summary>What routes are appended to; it ends with a slash and holds no secret.</summary>
    public Uri BaseUri { get; }

    /// <summary>The address as messages show it.</summary>
    public string Display { get; }

    /// <summary>The socket's file; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>The URI's own name and password; null when it has none.</summary>
    public NetworkCredential? Credential { get; }

    public static bool Matches(string uri) =>
        uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || uri.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase);

    public static RestAddress Parse(string uri)
    {
        if (uri.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase))
            return ParseUnix(uri);
        if (!Uri.TryCreate(uri.Trim(), UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            throw MlflowException.Invalid($"The tracking URI '{StoreUri.WithoutSecrets(uri)}' is not a web address. Write it as http://host:port or https://host/prefix.");
        var parts = parsed.UserInfo.Split(':', 2);
        var credential = parsed.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        var bare = $"{parsed.Scheme}://{parsed.Authority}{parsed.AbsolutePath.TrimEnd('/')}";
        return new(new Uri(bare + "/"), bare, null, credential);
    }

    private static RestAddress ParseUnix(string uri)
    {
        var rest = uri[UnixScheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (socket, prefix) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..].TrimEnd('/'));
        var path = Uri.UnescapeDataString(socket);
        if (!path.Contains('/', StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal))
        {
            throw MlflowException.Invalid(
                $"The tracking URI '{uri}' names no socket file. Write its path with %2F for each slash: http+unix://%2Frun%2Fmlflow.sock");
        }

        // The host is not contacted; MLflow's server accepts requests for localhost only (its guard against DNS rebinding).
        return new(new Uri($"http://localhost{prefix}/"), $"{UnixScheme}{socket}{prefix}", path, null);
    }
}
