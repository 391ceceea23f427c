using System.Text;

namespace MLflowSharp.Server;

/// <summary>Settings of a <see cref="ScoringServer"/>.</summary>
public sealed record ScoringServerOptions
{
    /// <summary>The address to listen at, an IP address or <c>localhost</c>. Default: <c>127.0.0.1</c>, this machine only.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port. Default: 5000, as <c>mlflow models serve</c>; 0 for any that is free.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>A Unix socket to listen at instead of a port; only the user who starts the server can use it. Default: null, none.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>What a request has to show, as bearer token or as password of any user; <c>/ping</c>, <c>/health</c> and <see cref="Pages"/> are open. Default: null, nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Host headers to accept, see <see cref="RequestGuard"/>; null (default) for this machine and private networks.</summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Other origins whose pages may ask for predictions; null (default) for none.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>The largest body of a request in bytes; a larger one is answered with 413. Default: 64 MiB, some 4,000 images of 28 × 28.</summary>
    public long MaxRequestBytes { get; init; } = 64 << 20;

    /// <summary>
    /// How long a request may take, from its first byte to its answer; then it is answered with 504, and what the model was still doing is not
    /// waited for. Default: 60 seconds, as MLflow's <c>MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html); zero for no limit.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a request may wait for others to be scored together with it. Default: zero, each is scored at once. It pays where a model
    /// takes about as long for several rows as for one.
    /// </summary>
    public TimeSpan BatchWindow { get; init; }

    /// <summary>How many rows are scored together at most. Default: 256.</summary>
    public int MaxBatchRows { get; init; } = 256;

    /// <summary>
    /// How often the registry is asked whether an alias (<c>models:/name@champion</c>), a stage or <c>latest</c> now means another version,
    /// which then takes over. Default: 10 seconds; zero for never.
    /// </summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for requests that are being answered. Default: 10 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pages of HTML by path, such as <c>/draw</c>, which are shown to anyone who can reach the server. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Receives what is sent to <c>POST /feedback</c>, a text, with the model that is served, and gives the answer, which is JSON. An
    /// <see cref="MlflowException"/> becomes an error's answer. Default: null, there is no such address.
    /// </summary>
    public Func<LoadedModel, string, CancellationToken, Task<string>>? OnFeedback { get; init; }

    /// <summary>Receives a line of JSON for each request, and for each change of the model. Default: null, nothing.</summary>
    public Action<string>? OnLog { get; init; }

    /// <summary>The clock of logs, metrics, reloads and the batching window.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // A record's text shows every member; this one hides the token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Host = {Host}, Port = {Port}, UnixSocket = {UnixSocket}, Token = {(Token is null ? "" : "***")}");
        return true;
    }
}
