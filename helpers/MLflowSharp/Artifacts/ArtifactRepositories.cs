using System.Collections.Concurrent;
using MLflowSharp.Artifacts.Http;
using MLflowSharp.Artifacts.Local;
using MLflowSharp.Artifacts.Proxied;
using MLflowSharp.Artifacts.S3;
using MLflowSharp.Stores;
using MLflowSharp.Stores.Rest;

namespace MLflowSharp.Artifacts;

/// <summary>Chooses the repository for an artifact URI, and keeps the connections that repositories share.</summary>
/// <param name="trackingUri">The tracking server, which <c>mlflow-artifacts:/path</c> is on and the credentials are for; may be something else.</param>
/// <param name="options">The client's settings.</param>
internal sealed class ArtifactRepositories(string trackingUri, MlflowClientOptions options) : IDisposable
{
    private const string ProxyScheme = "mlflow-artifacts:";
    private readonly S3Clients _s3 = new(options.S3);
    private readonly ConcurrentDictionary<string, Lazy<ArtifactHttp>> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProxiedServer> _servers = new(StringComparer.Ordinal);

    /// <summary>The repository whose folder the URI names. Nothing is contacted.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not one; NOT_IMPLEMENTED for a kind of storage that is not supported.</exception>
    public IArtifactRepository Get(string artifactUri)
    {
        if (ArtifactUri.ToLocalPath(artifactUri) is { } folder)
            return new LocalArtifactRepository(folder);
        return ArtifactUri.SchemeOf(artifactUri) switch
        {
            "s3" => new S3ArtifactRepository(artifactUri, _s3),
            "mlflow-artifacts" => Proxied(artifactUri),
            "http" or "https" => Web(artifactUri),
            var scheme => throw NotSupported(artifactUri, scheme),
        };
    }

    public void Dispose()
    {
        _s3.Dispose();
        foreach (var connection in _connections.Values.Where(connection => connection.IsValueCreated))
            connection.Value.Dispose();
    }

    private ProxiedArtifactRepository Proxied(string artifactUri)
    {
        var rest = artifactUri[ProxyScheme.Length..];
        if (rest.IndexOfAny(['?', '#']) is var end and >= 0)
            rest = rest[..end];
        if (!rest.StartsWith("//", StringComparison.Ordinal) || rest.StartsWith("///", StringComparison.Ordinal))
        {
            if (!RestAddress.Matches(trackingUri))
            {
                throw MlflowException.Invalid(
                    $"The artifacts at '{StoreUri.WithoutSecrets(artifactUri)}' are kept by a tracking server, but the tracking URI is '{StoreUri.WithoutSecrets(trackingUri)}'. "
                    + "Set MLFLOW_TRACKING_URI, or SetTrackingUri, to the server's address, for instance http://localhost:5000.");
            }

            return new(artifactUri, rest.Trim('/'), Server(trackingUri));
        }

        var slash = rest.IndexOf('/', 2) is var first and >= 0 ? first : rest.Length;
        var host = rest[2..slash];
        if (host.All(char.IsAsciiDigit))
            throw MlflowException.Invalid($"The artifact location '{artifactUri}' names a port but no host. Write it as mlflow-artifacts://host:port/path, or mlflow-artifacts:/path for the tracking server.");
        var scheme = trackingUri.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        var prefix = RestAddress.Matches(trackingUri) ? RestAddress.Parse(trackingUri).BaseUri.AbsolutePath.TrimEnd('/') : "";
        return new(StoreUri.WithoutSecrets(artifactUri), rest[slash..].Trim('/'), Server($"{scheme}://{host}{prefix}"));
    }

    private IArtifactRepository Web(string artifactUri)
    {
        // The server's own address for its artifacts is the same place as mlflow-artifacts:.
        const string Api = "/" + ProxiedServer.Artifacts;
        var bare = artifactUri.IndexOfAny(['?', '#']) is var end and >= 0 ? artifactUri[..end] : artifactUri;
        return bare.IndexOf(Api, StringComparison.Ordinal) is var api and >= 0 && (api + Api.Length == bare.Length || bare[api + Api.Length] == '/')
            ? new ProxiedArtifactRepository(StoreUri.WithoutSecrets(artifactUri), Uri.UnescapeDataString(bare[(api + Api.Length)..].Trim('/')), Server(bare[..api]))
            : new HttpArtifactRepository(artifactUri, Elsewhere);
    }

    private ProxiedServer Server(string address) =>
        _servers.GetOrAdd(address, server => new(Connection(server, IsTrackingServer(server)), Elsewhere));

    // Credentials go to the tracking server and to nobody whom a run's artifact URI happens to name.
    private bool IsTrackingServer(string address) =>
        RestAddress.Matches(trackingUri) && (address == trackingUri || RestAddress.Parse(address).BaseUri.GetLeftPart(UriPartial.Authority) == RestAddress.Parse(trackingUri).BaseUri.GetLeftPart(UriPartial.Authority));

    private ArtifactHttp Connection(string address, bool isTrackingServer) =>
        _connections.GetOrAdd($"{isTrackingServer} {address}", _ => new(() => new ArtifactHttp(address, options, isTrackingServer))).Value;

    // Of a file's address only the server counts.
    private ArtifactHttp Elsewhere(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? Connection($"{uri.Scheme}://{(uri.UserInfo.Length > 0 ? uri.UserInfo + "@" : "")}{uri.Authority}", isTrackingServer: false)
        : throw MlflowException.Invalid($"'{StoreUri.WithoutSecrets(address)}' is not a web address. Write it as https://host/path.");

    private static MlflowException NotSupported(string artifactUri, string scheme)
    {
        var what = scheme switch
        {
            "gs" => "Google's storage, which also answers to S3: use s3:// with MLFLOW_S3_ENDPOINT_URL=https://storage.googleapis.com and an HMAC key",
            "wasbs" or "abfss" => "Azure's storage",
            "r2" or "b2" => "a storage that speaks S3: use s3:// with its address in MLFLOW_S3_ENDPOINT_URL",
            "hdfs" or "viewfs" => "Hadoop's file system; mount it and use its path",
            "dbfs" or "uc" => "Databricks' storage",
            "ftp" or "sftp" => "a file server; mount it and use its path",
            _ => "an unknown kind of storage",
        };
        return new(
            $"Artifacts at '{StoreUri.WithoutSecrets(artifactUri)}' cannot be reached: {scheme}: names {what}. Supported are local folders, file:, s3:, mlflow-artifacts:, http: and https:. "
            + "For everything else, let a tracking server stand in between: mlflow server --artifacts-destination <that storage>, whose experiments keep their artifacts at mlflow-artifacts:/.",
            ErrorCode.NotImplemented);
    }
}
