using System.Collections.Concurrent;
using MLflowSharp.Artifacts;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Users;

/// <summary>
/// A tracking store in which the current user sees and does what is permitted. Every way to the data leads through here, so that REST, GraphQL,
/// files and pages have the same rules: those of MLflow's <c>basic-auth</c>.
/// </summary>
internal sealed partial class PermittedTrackingStore(ITrackingStore inner, Permissions permissions, string? destination) : ITrackingStore
{
    /// <summary>When so many are known, they are forgotten: about 20 MB.</summary>
    private const int MostKnown = 100_000;

    // Runs and logged models never move to another experiment.
    private readonly ConcurrentDictionary<string, string> _experimentOf = new(StringComparer.Ordinal);

    public void Dispose() => inner.Dispose();

    public async Task<string> CreateExperimentAsync(string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default)
    {
        CheckLocation(artifactLocation);
        var id = await inner.CreateExperimentAsync(name, artifactLocation, tags, cancellationToken);
        permissions.GiveOwn(ResourceKind.Experiment, id);
        return id;
    }

    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Read, () => inner.GetExperimentAsync(experimentId, cancellationToken));

    public async Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        var experiment = await inner.GetExperimentByNameAsync(name, cancellationToken);
        if (experiment is not null)
            Require(experiment.ExperimentId, Permission.Read);
        return experiment;
    }

    public Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        FilteredPage.ReadAsync(
            (size, token) => inner.SearchExperimentsAsync(filter, viewType, size, orderBy, token, cancellationToken), experiment => May(experiment.ExperimentId), maxResults, pageToken);

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Manage, () => inner.DeleteExperimentAsync(experimentId, cancellationToken));

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Manage, () => inner.RestoreExperimentAsync(experimentId, cancellationToken));

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Edit, () => inner.RenameExperimentAsync(experimentId, newName, cancellationToken));

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Edit, () => inner.SetExperimentTagAsync(experimentId, key, value, cancellationToken));

    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Edit, () => inner.DeleteExperimentTagAsync(experimentId, key, cancellationToken));

    public async Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) =>
        Readable(experimentIds) is { Count: > 0 } readable ? await inner.SearchDatasetsAsync(readable, cancellationToken) : [];

    private bool May(string experimentId) => permissions.May(ResourceKind.Experiment, experimentId, Permission.Read);

    private List<string> Readable(IReadOnlyList<string> experimentIds) => [.. experimentIds.Where(May)];

    private void Require(string experimentId, Permission needed) => permissions.Require(ResourceKind.Experiment, experimentId, needed);

    private T With<T>(string experimentId, Permission needed, Func<T> action)
    {
        Require(experimentId, needed);
        return action();
    }

    /// <summary>A folder of the server's would let its maker read what lies there, whoever's it is.</summary>
    private void CheckLocation(string? location)
    {
        if (!string.IsNullOrEmpty(location) && !permissions.Current.IsAdmin
            && (ArtifactUri.ToLocalPath(location) is not null || location.StartsWith("mlflow-artifacts:", StringComparison.OrdinalIgnoreCase) || ArtifactUri.Overlap(location, destination ?? "")))
            throw Permissions.Denied("Only an administrator may choose where on the server the artifacts of an experiment lie. Leave the artifact location out.");
    }

    private async Task<string> ExperimentOfRunAsync(string runId, CancellationToken cancellationToken) =>
        _experimentOf.TryGetValue(runId, out var known) ? known : Remember(runId, (await inner.GetRunAsync(runId, cancellationToken)).Info.ExperimentId);

    private async Task<string> ExperimentOfModelAsync(string modelId, CancellationToken cancellationToken) =>
        _experimentOf.TryGetValue(modelId, out var known) ? known : Remember(modelId, (await inner.GetLoggedModelAsync(modelId, cancellationToken)).ExperimentId);

    private string Remember(string id, string experimentId)
    {
        if (_experimentOf.Count >= MostKnown)
            _experimentOf.Clear();
        return _experimentOf[id] = experimentId;
    }

    private async Task RequireOfRunAsync(string runId, Permission needed, CancellationToken cancellationToken) => Require(await ExperimentOfRunAsync(runId, cancellationToken), needed);

    private async Task RequireOfModelAsync(string modelId, Permission needed, CancellationToken cancellationToken) => Require(await ExperimentOfModelAsync(modelId, cancellationToken), needed);
}
