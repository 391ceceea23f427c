using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Local;
using MLflowSharp.Stores;
using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Rest;
using MLflowSharp.Stores.Sql.Postgres;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Copying;

/// <summary>A store that is copied from or to, with its artifacts.</summary>
internal sealed class CopyEnd : IDisposable
{
    private const string Proxied = "mlflow-artifacts:";

    private readonly ArtifactRepositories _artifacts;
    private readonly string? _destination;

    /// <summary>Opens a store.</summary>
    /// <param name="uri">Its URI.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="artifactsDestination">For a store without its server: where that server keeps what it passes on.</param>
    public CopyEnd(string uri, MlflowClientOptions options, string? artifactsDestination = null)
    {
        Uri = uri;
        Stores = StoreFactory.Open(uri, options);
        _artifacts = new(uri, options);
        _destination = RestAddress.Matches(uri) || artifactsDestination is null ? null : ArtifactUri.Resolve(artifactsDestination);
    }

    public string Uri { get; }

    public MlflowStores Stores { get; }

    public ITrackingStore Tracking => Stores.Tracking;

    public IModelRegistryStore Registry => Stores.Registry;

    /// <summary>Refuses a store that would be made by opening it: a misspelt source is no empty one.</summary>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    public async Task RequireExistingAsync(CancellationToken cancellationToken)
    {
        var path = SqliteUri.Matches(Uri) ? SqliteUri.ToPath(Uri) : FileStoreUri.Matches(Uri) && !RestAddress.Matches(Uri) && !PostgresUri.Matches(Uri) ? FileStoreUri.ToPath(Uri) : null;
        if (path is not null && !Path.Exists(path))
            throw MlflowException.Missing($"There is nothing at '{path}'. Check the path.");
        await Tracking.SearchExperimentsAsync(null, ViewType.All, 1, null, null, cancellationToken);
    }

    /// <summary>The artifacts at a location.</summary>
    public IArtifactRepository At(string location)
    {
        if (_destination is null || !location.StartsWith(Proxied, StringComparison.Ordinal) || location.StartsWith($"{Proxied}//", StringComparison.Ordinal))
            return _artifacts.Get(location);
        // Checked: a location in a database that was given from elsewhere must not lead out of the folder.
        return _artifacts.Get(ArtifactUri.Append(_destination, ArtifactPath.CheckFile(location[Proxied.Length..].TrimStart('/'))));
    }

    /// <summary>Folders of this machine that experiments name for their artifacts, and that of the store's server.</summary>
    public IEnumerable<LocalArtifactRepository> FoldersOf(IEnumerable<Experiment> experiments) =>
        experiments.Select(experiment => experiment.ArtifactLocation).Append(_destination).OfType<string>()
            .Select(ArtifactUri.ToLocalPath).OfType<string>().Distinct(StringComparer.Ordinal).Select(folder => new LocalArtifactRepository(folder));

    public void Dispose()
    {
        _artifacts.Dispose();
        Stores.Dispose();
    }
}
