using MLflowSharp.Artifacts;

namespace MLflowSharp.Server.Artifacts;

/// <summary>Finds the files behind an artifact location: in the server's own folder where the server passes them on, else where it says.</summary>
/// <param name="destination">The server's own folder; null when it passes none on.</param>
/// <param name="options">How storages are reached.</param>
internal sealed class ServedArtifacts(string? destination, MlflowClientOptions options) : IDisposable
{
    private const string Scheme = "mlflow-artifacts:";
    private const string Route = "/mlflow-artifacts/artifacts/";

    // What another tracking server keeps is named with its address; without one, mlflow-artifacts: means this server.
    private readonly ArtifactRepositories _repositories = new("", options);

    /// <summary>Where the server keeps the files that it passes on.</summary>
    /// <exception cref="MlflowException">TEMPORARILY_UNAVAILABLE: it passes none on.</exception>
    public IArtifactRepository Destination => destination is not null
        ? _repositories.Get(ArtifactUri.Resolve(destination))
        : throw new MlflowException(
            "This server does not pass artifacts on. Start it with a folder for artifacts, or use experiments whose artifact location clients can reach themselves.",
            ErrorCode.TemporarilyUnavailable);

    /// <summary>Whether large files can go around the server, to and from the storage behind it.</summary>
    public bool CanSign => destination is not null && Destination is ISignedArtifactRepository;

    /// <summary>Whether the files of a location pass through this server.</summary>
    public static bool IsProxied(string location) => FolderOf(location) is not null;

    /// <summary>A storage as one that signs addresses.</summary>
    /// <param name="repository">The storage.</param>
    /// <param name="what">What was asked for, in MLflow's words.</param>
    /// <param name="instead">What to do where the storage cannot.</param>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED: it cannot.</exception>
    public static ISignedArtifactRepository ToSigned(IArtifactRepository repository, string what, string instead) => repository as ISignedArtifactRepository
        ?? throw new MlflowException($"{what} is not supported for the current artifact repository. {instead}", ErrorCode.NotImplemented);

    /// <summary>The repository of a location and the folder in it.</summary>
    public (IArtifactRepository Repository, string Folder) At(string location)
    {
        if (FolderOf(location) is not { } folder)
            return (_repositories.Get(location), "");
        return (Destination, ArtifactPath.CheckFolder(folder));
    }

    /// <summary>Lists a folder of a location; paths are relative to the location.</summary>
    public async Task<IReadOnlyList<ArtifactInfo>> ListAsync(string location, string? path, CancellationToken cancellationToken)
    {
        var inside = ArtifactPath.CheckFolder(path);
        var (repository, folder) = At(location);
        var entries = await repository.ListArtifactsAsync(ArtifactPath.Combine(folder, inside), cancellationToken);
        return folder.Length == 0 ? entries : [.. entries.Select(entry => entry with { Path = entry.Path[(folder.Length + 1)..] })];
    }

    public void Dispose() => _repositories.Dispose();

    // As in MLflow: whatever host such a location names, it is this server, and so is any web address of the interface for artifacts.
    private static string? FolderOf(string location)
    {
        if (location.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var rest = location[Scheme.Length..];
            if (rest.StartsWith("//", StringComparison.Ordinal))
                rest = rest.IndexOf('/', 2) is var slash and > 0 ? rest[slash..] : "";
            return rest.TrimStart('/');
        }

        return location.StartsWith("http", StringComparison.Ordinal) && location.IndexOf(Route, StringComparison.Ordinal) is var route and > 0
            ? location[(route + Route.Length)..]
            : null;
    }
}
