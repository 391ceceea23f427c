using System.IO.Enumeration;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server;

/// <summary>
/// Keeps web pages of others from acting through a user's browser: refuses requests whose Host header names no address of this machine or
/// network (DNS rebinding), and changes asked for by pages of another origin. The rules are those of MLflow 3.17, for every address of the server.
/// </summary>
/// <param name="allowedHosts">Patterns with <c>*</c> and <c>?</c> for Host headers; null for <see cref="DefaultHosts"/>. A single <c>*</c> allows all.</param>
/// <param name="allowedOrigins">Patterns with <c>*</c> and <c>?</c> for other origins that may ask for changes; null for none.</param>
public sealed class RequestGuard(IEnumerable<string>? allowedHosts = null, IEnumerable<string>? allowedOrigins = null)
{
    private readonly string[] _hosts = [.. allowedHosts ?? DefaultHosts];
    private readonly string[] _origins = [.. allowedOrigins ?? []];

    /// <summary>The header X-Frame-Options of every answer: <c>SAMEORIGIN</c> (default), <c>DENY</c>, or <c>NONE</c> for no header, as MLflow's <c>--x-frame-options</c>.</summary>
    public string FrameOptions { get; init; } = "SAMEORIGIN";

    /// <summary>This machine and private networks, with any port.</summary>
    public static IReadOnlyList<string> DefaultHosts { get; } =
    [
        "localhost", "localhost:*", "127.0.0.1", "127.0.0.1:*", "[::1]", "[::1]:*", "0.0.0.0", "0.0.0.0:*", "192.168.*", "10.*",
        .. Enumerable.Range(16, 16).Select(part => $"172.{part}.*"), "[fc00:*", "[fd00:*", "fc00:*", "fd00:*",
    ];

    /// <summary>Answers a request that is not let through, and browsers that ask first whether they may.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer; null when the request is let through.</returns>
    public RestResponse? Check(RestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Probes of load balancers name any host.
        if (request.Path is not ("/health" or "/version") && request.Header("Host") is { } host && !Matches(_hosts, host))
            return Answers.Text(403, "Invalid Host header - possible DNS rebinding attack detected", "text/plain");
        if (request.Header("Origin") is not { Length: > 0 } origin)
            return null;
        var allowed = IsAllowed(origin, request);
        if (request.Method == "OPTIONS" && request.Header("Access-Control-Request-Method") is not null)
            return Preflight(request, origin, allowed);
        return allowed || request.Method is "GET" or "HEAD" or "OPTIONS" ? null : Answers.Text(403, "Cross-origin request blocked", "text/plain");
    }

    /// <summary>Adds the headers that every answer carries.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    public void Describe(RestRequest request, RestResponse answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        answer.Headers["X-Content-Type-Options"] = "nosniff";
        if (!FrameOptions.Equals("NONE", StringComparison.OrdinalIgnoreCase))
            answer.Headers["X-Frame-Options"] = FrameOptions;
        if (request.Header("Origin") is { Length: > 0 } origin && IsAllowed(origin, request))
        {
            answer.Headers["Access-Control-Allow-Origin"] = origin;
            answer.Headers["Access-Control-Allow-Credentials"] = "true";
            answer.Headers["Vary"] = answer.Headers.TryGetValue("Vary", out var others) ? $"{others}, Origin" : "Origin";
        }
    }

    private static RestResponse Preflight(RestRequest request, string origin, bool allowed)
    {
        if (!allowed)
            return Answers.Text(400, "Disallowed CORS origin");
        var answer = Answers.Text(200, "OK");
        answer.Headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE, OPTIONS, PATCH";
        answer.Headers["Access-Control-Max-Age"] = "600";
        if (request.Header("Access-Control-Request-Headers") is { } headers)
            answer.Headers["Access-Control-Allow-Headers"] = headers;
        return answer;
    }

    /// <summary>Whether an origin is one of those that were named.</summary>
    internal bool IsListed(string origin) => Matches(_origins, origin);

    // A page of the server's own is none of others, whatever the name under which a proxy makes it known: the Host header was looked at before.
    private bool IsAllowed(string origin, RestRequest request) => IsListed(origin) || IsOwn(origin, request.Header("Host"))
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host is "localhost" or "127.0.0.1" or "[::1]" or "0.0.0.0");

    private static bool IsOwn(string origin, string? host) =>
        host is not null && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);

    // As Python's fnmatch, which MLflow asks: * for any characters, ? for one.
    private static bool Matches(string[] patterns, string text) => Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true));
}
