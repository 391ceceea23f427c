using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MLflowSharp;

/// <summary>
/// How an <see cref="MlflowClient"/> speaks to a tracking server (https://mlflow.org/docs/latest/self-hosting/security/). What is not set here
/// is taken from MLflow's environment variables when a store is opened. Secrets are never part of a message, a log or this record's text.
/// </summary>
public sealed record MlflowHttpOptions
{
    /// <summary>
    /// Sends the requests instead of a connection pool of the client's own, for instance in tests or to sign requests. It is not disposed, and
    /// certificates, proxy and Unix sockets are then its matter; credentials, headers, retries and timeouts are still the client's.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How long one attempt may take, until the answer is read. Null: <c>MLFLOW_HTTP_REQUEST_TIMEOUT</c> (seconds), else 120 seconds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a call is repeated after a failure that may pass, 0 to 10. Null: <c>MLFLOW_HTTP_REQUEST_MAX_RETRIES</c>, else 7.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>
    /// Seconds to wait: nothing before the first repetition, then <c>2 × factor</c>, <c>4 × factor</c> and so on, up to 120; 0 to 120.
    /// Null: <c>MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR</c>, else 2.
    /// </summary>
    public double? BackoffFactor { get; init; }

    /// <summary>Up to how many seconds are added at random to a wait, 0 or more. Null: <c>MLFLOW_HTTP_REQUEST_BACKOFF_JITTER</c>, else 1.</summary>
    public double? BackoffJitter { get; init; }

    /// <summary>Whether a server that says when to come again (<c>Retry-After</c>) is obeyed. Null: <c>MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER</c>, else true.</summary>
    public bool? RespectRetryAfter { get; init; }

    /// <summary>Name for basic authentication. Null: the tracking URI's, else <c>MLFLOW_TRACKING_USERNAME</c>, else <c>~/.mlflow/credentials</c>.</summary>
    public string? Username { get; init; }

    /// <summary>Password for basic authentication. Null: the tracking URI's, else <c>MLFLOW_TRACKING_PASSWORD</c>, else <c>~/.mlflow/credentials</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Token for bearer authentication; a name with a password goes before it. Null: <c>MLFLOW_TRACKING_TOKEN</c>.</summary>
    public string? Token { get; init; }

    /// <summary>Accepts any certificate of the server: for trying out only. Null: <c>MLFLOW_TRACKING_INSECURE_TLS</c>, else false.</summary>
    public bool? InsecureTls { get; init; }

    /// <summary>PEM file, or folder of PEM files, with the certificates to trust instead of the system's. Null: <c>MLFLOW_TRACKING_SERVER_CERT_PATH</c>.</summary>
    public string? ServerCertificatePath { get; init; }

    /// <summary>PEM file with the client's certificate and its private key, not encrypted. Null: <c>MLFLOW_TRACKING_CLIENT_CERT_PATH</c>.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>The client's certificate with its private key, when it does not come from a file.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The proxy to use. Null: what <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c> say.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The workspace to work in (MLflow 3.10). Null: <c>MLFLOW_WORKSPACE</c>, else the server's default.</summary>
    public string? Workspace { get; init; }

    /// <summary>How a notebook shows the settings: as their text, which has no secret.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    // A record's text shows every member; this one says what is set and hides the secrets.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Timeout = {Timeout}, MaxRetries = {MaxRetries}, Username = {(Username is null ? "" : "***")}, Password = {(Password is null ? "" : "***")}, Token = {(Token is null ? "" : "***")}");
        return true;
    }
}
