using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Hosting;

/// <summary>
/// Lets a browser in by the token in the printed address: the first visit sets a cookie and leads to the address without the token. Requests with
/// the cookie are believed only when the browser says that a page of this server sent them, or that the user opened an address.
/// </summary>
/// <param name="token">The token.</param>
/// <param name="guard">Knows the other origins that are welcome.</param>
/// <param name="prefix">What stands before every path that the server sees; empty or with a leading slash.</param>
/// <param name="isSecure">Whether the server itself speaks TLS.</param>
internal sealed class BrowserSession(string token, RequestGuard guard, string prefix, bool isSecure)
{
    private const string Key = "token=";

    // Not the token itself: whoever reads the cookie of a browser does not get what clients use.
    private readonly byte[] _value = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"cookie {token}"))));
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Answers a visit of the first page with the token in its query; null for other requests.</summary>
    public RestResponse? SignIn(RestRequest request)
    {
        if (request.Method != "GET" || !IsFirstPage(request.Path) || Shown(request.Query) is not { } shown)
            return null;
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), _hash))
            return Answers.Html(401, "Unauthorized", "The token in this address is not that of the server that answers here now. Open the address that it printed when it started.");
        var answer = new RestResponse(303, null, []);
        // Relative, and a cookie without a path where none is known: right also behind a proxy that takes its prefix away.
        answer.Headers["Location"] = prefix.Length > 0 ? prefix + "/" : "./";
        answer.Headers["Set-Cookie"] = $"{NameFor(request)}={Encoding.ASCII.GetString(_value)}; HttpOnly; SameSite=Lax"
            + (prefix.Length > 0 ? $"; Path={prefix}" : "") + (isSecure || IsForwardedSecure(request) ? "; Secure" : "");
        answer.Headers["Cache-Control"] = "no-store";
        answer.Headers["Referrer-Policy"] = "no-referrer";
        return answer;
    }

    /// <summary>Whether a request comes from a browser that has signed in.</summary>
    public bool Admits(RestRequest request)
    {
        if (request.Header("Cookie") is not { } cookies || !IsOwn(request))
            return false;
        var name = NameFor(request) + "=";
        foreach (var cookie in cookies.Split([';', ','], StringSplitOptions.TrimEntries))
        {
            if (cookie.StartsWith(name, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie[name.Length..]), _value))
                return true;
        }

        return false;
    }

    private bool IsFirstPage(string path) => path == (prefix.Length > 0 ? prefix : "/") || path == prefix + "/";

    // Cookies are shared by all ports of a host, where several people's servers may run.
    private static string NameFor(RestRequest request) =>
        request.Header("Host") is { } host && host.LastIndexOf(':') is > 0 and var colon && host.AsSpan(colon + 1) is var port && port.Length > 0 && port.IndexOfAnyExceptInRange('0', '9') < 0
            ? $"mlflow-token-{port}"
            : "mlflow-token";

    private static bool IsForwardedSecure(RestRequest request) => "https".Equals(request.Header("X-Forwarded-Proto"), StringComparison.OrdinalIgnoreCase);

    // Pages on other ports and names of the same site would bring the cookie along (https://www.w3.org/TR/fetch-metadata/).
    private bool IsOwn(RestRequest request) => request.Header("Sec-Fetch-Site") switch
    {
        null or "" or "same-origin" or "none" => true,
        _ => (request.Method is "GET" or "HEAD" && request.Header("Sec-Fetch-Mode") == "navigate") || (request.Header("Origin") is { } origin && guard.IsListed(origin)),
    };

    private static string? Shown(string query) =>
        query.Split('&').FirstOrDefault(item => item.StartsWith(Key, StringComparison.Ordinal)) is { } item ? Uri.UnescapeDataString(item[Key.Length..]) : null;
}
