using System.Text;

namespace MLflowSharp.Server;

/// <summary>Settings of a <see cref="TrackingServer"/>.</summary>
public sealed record TrackingServerOptions
{
    /// <summary>Where experiments, runs and registered models are: a database or a folder. Default: <c>sqlite:///mlflow.db</c> in the current folder, as MLflow's server.</summary>
    public string BackendStoreUri { get; init; } = "sqlite:///mlflow.db";

    /// <summary>
    /// Folder or URI of the artifacts that clients send and get through the server; experiments without a location of their own keep theirs
    /// there. Default: <c>./mlartifacts</c>, as MLflow's server. Null: the server passes none on.
    /// </summary>
    public string? ArtifactsDestination { get; init; } = "./mlartifacts";

    /// <summary>
    /// Where experiments made without a location of their own keep their artifacts, a folder or URI that clients reach themselves. Default: null,
    /// with <see cref="ArtifactsDestination"/>, through the server.
    /// </summary>
    public string? DefaultArtifactRoot { get; init; }

    /// <summary>
    /// Settings of the stores: clock, random names, version of a new database. Default: those of the client, with new databases of MLflow 3.17, which
    /// hold all that the server can answer, traces too.
    /// </summary>
    public MlflowClientOptions StoreOptions { get; init; } = new() { DatabaseVersion = "3.17" };

    /// <summary>
    /// The folder of MLflow's own web pages, <c>mlflow/server/js/build</c> in an installed MLflow, to serve them as well. Default: null, none.
    /// </summary>
    public string? PagesFolder { get; init; }

    /// <summary>The address to listen at, an IP address or <c>localhost</c>. Default: <c>127.0.0.1</c>, this machine only.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port. Default: 5000, as MLflow's server; 0 for any that is free.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>A Unix socket to listen at instead of a port; only the user who starts the server can use it. Default: null, none.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>What stands before every path, such as <c>/proxy/5000</c>, when a proxy leaves it there. Default: nothing.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>A certificate in PEM with those that signed it, to speak TLS, as uvicorn's <c>--ssl-certfile</c>. Default: null, plain HTTP.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The certificate's private key in PEM. Default: null, it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// What a request has to show, as bearer token or as password of any user. A browser that opens <c>/?token=…</c> gets a cookie for it. Default:
    /// null, nothing.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Users with names and passwords, instead of a <see cref="Token"/>. Default: null, none.</summary>
    public BasicAuthOptions? BasicAuth { get; init; }

    /// <summary>Host headers to accept, see <see cref="RequestGuard"/>; null (default) for this machine and private networks.</summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Other origins whose pages may ask for changes; null (default) for none.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>The header X-Frame-Options of every answer; <c>NONE</c> for no header. Default: <c>SAMEORIGIN</c>.</summary>
    public string FrameOptions { get; init; } = "SAMEORIGIN";

    /// <summary>The largest file that may be sent, in bytes; a larger one is answered with 413. Default: null, any. Messages have at most 100 MB in any case.</summary>
    public long? MaxUploadBytes { get; init; }

    /// <summary>
    /// How many bytes of memory may keep answers that pages which stay open ask for again and again. Default: 64 MiB, which are taken only while such
    /// pages are open; 0 keeps nothing.
    /// </summary>
    public long CacheBytes { get; init; } = 64 << 20;

    /// <summary>How long a stop waits for requests that are being answered. Default: 10 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer waits for a reader who takes nothing of it. Default: 2 minutes, longer than networks take to come back.</summary>
    internal TimeSpan ReaderPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Receives what went wrong inside the server. Default: the standard error stream.</summary>
    public Action<string> OnError { get; init; } = Console.Error.WriteLine;

    /// <summary>Receives a line of JSON for each request and each fault; null (default) for none, faults then go to <see cref="OnError"/>.</summary>
    public Action<string>? OnLog { get; init; }

    // A record's text shows every member; this one hides the token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"BackendStoreUri = {BackendStoreUri}, Host = {Host}, Port = {Port}, UnixSocket = {UnixSocket}, Token = {(Token is null ? "" : "***")}");
        return true;
    }
}
