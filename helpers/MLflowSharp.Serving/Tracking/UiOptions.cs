using System.CommandLine;
using System.Security.Cryptography;
using MLflowSharp.Server;

namespace MLflowSharp.Serving.Tracking;

/// <summary>The options of <c>ui</c>: MLflow's names where it has one, with its environment variables.</summary>
internal sealed class UiOptions
{
    private const int TokenLength = 32;
    private const string TokenVariable = "MLFLOW_TRACKING_TOKEN";

    private readonly Option<string?> _store = new("--backend-store-uri") { HelpName = "URI", Description = "Where runs are: sqlite:///FILE, postgresql://…, or a folder. Default: MLFLOW_BACKEND_STORE_URI, MLFLOW_TRACKING_URI, sqlite:///mlflow.db." };
    private readonly Option<string?> _root = new("--default-artifact-root") { HelpName = "URI", Description = "Where new experiments keep their artifacts, which clients then reach themselves. Default: through the server." };
    private readonly Option<string> _destination = new("--artifacts-destination") { HelpName = "URI", Description = "Where the server keeps the artifacts that pass through it.", DefaultValueFactory = _ => Variable("MLFLOW_ARTIFACTS_DESTINATION") ?? "./mlartifacts" };
    private readonly Option<bool> _noArtifacts = new("--no-serve-artifacts") { Description = "Pass no artifacts on." };
    private readonly Option<string> _host = new("--host") { HelpName = "ADDRESS", Description = "The address to listen at: 127.0.0.1 is this machine only, 0.0.0.0 all of its networks.", DefaultValueFactory = _ => Variable("MLFLOW_HOST") ?? "127.0.0.1" };
    private readonly Option<int> _port = new("--port", "-p") { HelpName = "N", Description = "The port; 0 for any that is free.", DefaultValueFactory = _ => int.TryParse(Variable("MLFLOW_PORT"), out var port) ? port : 5000 };
    private readonly Option<string?> _socket = new("--unix-socket", "--uds") { HelpName = "FILE", Description = "Listen at a Unix socket, which only you can use, instead of a port." };
    private readonly Option<string> _prefix = new("--path-prefix", "--static-prefix") { HelpName = "PATH", Description = "What stands before every path when a proxy leaves it there, such as /proxy/5000.", DefaultValueFactory = _ => Variable("MLFLOW_STATIC_PREFIX") ?? "" };
    private readonly Option<bool> _noToken = new("--no-token") { Description = $"Answer anyone. Otherwise requests show a token, that of {TokenVariable} or a new one." };
    private readonly Option<string?> _hosts = new("--allowed-hosts") { HelpName = "NAMES", Description = "Host names to answer to, with commas between them, instead of this machine's and private networks' addresses; * for any.", DefaultValueFactory = _ => Variable("MLFLOW_SERVER_ALLOWED_HOSTS") };
    private readonly Option<string?> _origins = new("--cors-allowed-origins") { HelpName = "ORIGINS", Description = "Other sites whose pages may ask for changes, with commas between them.", DefaultValueFactory = _ => Variable("MLFLOW_SERVER_CORS_ALLOWED_ORIGINS") };
    private readonly Option<string> _frames = new("--x-frame-options") { HelpName = "VALUE", Description = "SAMEORIGIN, DENY, or NONE to let other sites frame the pages.", DefaultValueFactory = _ => Variable("MLFLOW_SERVER_X_FRAME_OPTIONS") ?? "SAMEORIGIN" };
    private readonly Option<string?> _app = new("--app-name") { HelpName = "basic-auth", Description = "Users with names, passwords and permissions, instead of a token." };
    private readonly Option<string> _users = new("--auth-database") { HelpName = "FILE", Description = "The file of the users.", DefaultValueFactory = _ => "basic_auth.db" };
    private readonly Option<string> _default = new("--default-permission") { HelpName = "NAME", Description = "What users may where nothing is said of them: READ, EDIT, MANAGE or NO_PERMISSIONS.", DefaultValueFactory = _ => "READ" };
    private readonly Option<string?> _certificate = new("--ssl-certfile") { HelpName = "FILE", Description = "A certificate (PEM), to speak TLS." };
    private readonly Option<string?> _key = new("--ssl-keyfile") { HelpName = "FILE", Description = "Its private key (PEM)." };
    private readonly Option<string?> _pages = new("--pages") { HelpName = "FOLDER", Description = "MLflow's web pages, mlflow/server/js/build of an installed MLflow. Default: found by itself." };
    private readonly Option<bool> _fetch = new("--fetch") { Description = "Get MLflow's web pages with pip when there are none, and keep them in your cache." };
    private readonly Option<int?> _largest = new("--max-upload-mb") { HelpName = "N", Description = "The largest file that clients may send, in MiB. Default: any." };
    private readonly Option<int> _cache = new("--cache-mb") { HelpName = "N", Description = "The most memory for answers to pages that stay open, in MiB; 0 for none.", DefaultValueFactory = _ => (int)(new TrackingServerOptions().CacheBytes >> 20) };
    private readonly Option<bool> _json = new("--log-json") { Description = "Write a line of JSON for each request and fault, for log collectors." };
    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Open no browser." };

    /// <summary>Makes the options.</summary>
    public UiOptions() => _app.AcceptOnlyFromAmong("basic-auth");

    /// <summary>All, for the command.</summary>
    public IEnumerable<Option> All => [_store, _root, _destination, _noArtifacts, _host, _port, _socket, _prefix, _noToken, _hosts, _origins, _frames, _app, _users, _default, _certificate, _key, _pages, _fetch, _largest, _cache, _json, _noBrowser];

    /// <summary>Whether a browser is to be opened.</summary>
    public bool OpensBrowser(ParseResult parsed) => !parsed.GetValue(_noBrowser);

    /// <summary>Whether requests are told of.</summary>
    public bool LogsRequests(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Reads what was typed, without the pages.</summary>
    public TrackingServerOptions Read(ParseResult parsed) => new()
    {
        BasicAuth = HasUsers(parsed) ? ReadUsers(parsed) : null,
        BackendStoreUri = parsed.GetValue(_store) ?? Variable("MLFLOW_BACKEND_STORE_URI") ?? Mlflow.GetTrackingUri(),
        DefaultArtifactRoot = parsed.GetValue(_root) ?? Variable("MLFLOW_DEFAULT_ARTIFACT_ROOT"),
        ArtifactsDestination = parsed.GetValue(_noArtifacts) ? null : parsed.GetRequiredValue(_destination),
        Host = parsed.GetRequiredValue(_host),
        Port = parsed.GetValue(_port),
        UnixSocket = parsed.GetValue(_socket),
        PathPrefix = parsed.GetRequiredValue(_prefix),
        Token = parsed.GetValue(_noToken) || HasUsers(parsed) ? null : Variable(TokenVariable) ?? RandomNumberGenerator.GetHexString(TokenLength, lowercase: true),
        AllowedHosts = Names(parsed.GetValue(_hosts)),
        AllowedOrigins = Names(parsed.GetValue(_origins)),
        FrameOptions = parsed.GetRequiredValue(_frames),
        CertificateFile = parsed.GetValue(_certificate),
        KeyFile = parsed.GetValue(_key),
        MaxUploadBytes = parsed.GetValue(_largest) is not { } megabytes ? null : megabytes > 0 ? megabytes * 1024L * 1024 : throw new MlflowException($"--max-upload-mb must be above 0, and is {megabytes}.", ErrorCode.InvalidParameterValue),
        CacheBytes = parsed.GetValue(_cache) is >= 0 and var kept ? (long)kept << 20 : throw new MlflowException($"--cache-mb must be 0 or more, and is {parsed.GetValue(_cache)}.", ErrorCode.InvalidParameterValue),
    };

    /// <summary>Finds the pages, or gets them when asked to; null when there are none.</summary>
    public async Task<string?> FindPagesAsync(ParseResult parsed, Action<string> tell, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_pages) is { } folder)
            return folder;
        var pages = new InstalledPages(Environment.GetEnvironmentVariable, Environment.CurrentDirectory);
        return pages.Find() ?? (parsed.GetValue(_fetch) ? await pages.FetchAsync(tell, cancellationToken) : null);
    }

    private bool HasUsers(ParseResult parsed) => parsed.GetValue(_app) is not null;

    private BasicAuthOptions ReadUsers(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(_users);
        return new()
        {
            DatabaseFile = file,
            AdminUsername = Variable("MLFLOW_AUTH_ADMIN_USERNAME") ?? "admin",
            // Only a new file needs one; no server has a password that is known to all.
            AdminPassword = Variable("MLFLOW_AUTH_ADMIN_PASSWORD") ?? (File.Exists(file) ? null : RandomNumberGenerator.GetHexString(TokenLength, lowercase: true)),
            DefaultPermission = parsed.GetRequiredValue(_default),
        };
    }

    private static string[]? Names(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names ? names : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
