using System.Data.Common;
using System.Globalization;
using MLflowSharp.Artifacts;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const string ExperimentColumns = "e.experiment_id, e.name, e.artifact_location, e.lifecycle_stage, e.creation_time, e.last_update_time";
    private const long MaxDatasetSummaries = 1000;

    public Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentName(name);
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
            EntityValidator.CheckExperimentTag(key, value);
        return _database.WriteAsync(session =>
        {
            if (FindExperiment(session, "e.name = $1", name) is { } existing)
            {
                throw new MlflowException(
                    $"Experiment(name={name}) already exists. " + (existing.LifecycleStage == LifecycleStage.Deleted
                        ? $"It is in the deleted state: restore it (RestoreExperiment(\"{existing.ExperimentId}\")) or choose another name."
                        : "Use SetExperiment to log to it, or choose another name."), ErrorCode.ResourceAlreadyExists);
            }

            var location = string.IsNullOrEmpty(artifactLocation) ? null : ArtifactUri.Resolve(artifactLocation);
            var now = Now;
            var id = session.Number(
                "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
                + "VALUES ($1, $2, 'active', $3, $4) RETURNING experiment_id",
                name, location, now, now)!.Value;
            var experimentId = id.ToString(CultureInfo.InvariantCulture);
            if (location is null)
                session.Execute("UPDATE experiments SET artifact_location = $1 WHERE experiment_id = $2", ArtifactUri.Append(_database.ArtifactRoot, experimentId), id);
            foreach (var (key, value) in tags ?? new Dictionary<string, string>())
                SetExperimentTag(session, id, key, value);
            return experimentId;
        }, cancellationToken);
    }

    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => ReadExperiment(session, experimentId), cancellationToken);

    public Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => FindExperiment(session, "e.name = $1", name), cancellationToken);

    public Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckMaxResults(maxResults);
        var parser = new SearchParser(SearchSchema.Experiments);
        var search = new SqlSearch(_database.Dialect);
        foreach (var clause in parser.ParseFilter(filter))
            search.FilterExperiments(clause);
        var orders = parser.ParseOrderBy(orderBy);
        foreach (var order in orders.DefaultIfEmpty(new(SearchEntity.Attribute, "creation_time", Ascending: false)))
            search.Order($"e.{order.Key}" + (order.Ascending ? "" : " DESC"));

        search.Order(orders.Count == 0 ? "e.experiment_id" : "e.experiment_id DESC");
        search.Require($"e.lifecycle_stage IN {SqlText.StagesOf(viewType)}");
        var offset = PageToken.Offset(pageToken);
        var sql = $"SELECT {ExperimentColumns} FROM experiments e WHERE {search.Where} ORDER BY {search.OrderBy} LIMIT {search.Add(maxResults + 1L)} OFFSET {search.Add(offset)}";
        return _database.ReadAsync(
            session =>
            {
                var page = PageToken.Page(session.QueryBuilt(sql, ToExperiment, search.Values), offset, maxResults);
                return new PagedList<Experiment>(WithTags(session, page), page.Token);
            },
            cancellationToken);
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        MoveExperimentAsync(experimentId, LifecycleStage.Active, LifecycleStage.Deleted, cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        MoveExperimentAsync(experimentId, LifecycleStage.Deleted, LifecycleStage.Active, cancellationToken);

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentName(newName);
        return _database.WriteAsync(session =>
        {
            if (ReadExperiment(session, experimentId).LifecycleStage != LifecycleStage.Active)
                throw new MlflowException("Cannot rename a non-active experiment. Restore it first.", ErrorCode.InvalidState);
            if (FindExperiment(session, "e.name = $1", newName) is { } other && other.ExperimentId != experimentId)
                throw new MlflowException($"Experiment(name={newName}) already exists. Choose another name.", ErrorCode.ResourceAlreadyExists);
            session.Execute("UPDATE experiments SET name = $1, last_update_time = $2 WHERE experiment_id = $3", newName, Now, SqlText.ToExperimentNumber(experimentId));
        }, cancellationToken);
    }

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentTag(key, value);
        return _database.WriteAsync(session =>
        {
            RequireActive(ReadExperiment(session, experimentId));
            SetExperimentTag(session, SqlText.ToExperimentNumber(experimentId), key, value);
        }, cancellationToken);
    }

    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session =>
        {
            RequireActive(ReadExperiment(session, experimentId));
            if (session.Execute("DELETE FROM experiment_tags WHERE experiment_id = $1 AND key = $2", SqlText.ToExperimentNumber(experimentId), key) == 0)
                throw MlflowException.Missing($"No tag with name: {key} in experiment with id {experimentId}. GetExperiment shows the tags there are.");
        }, cancellationToken);

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default)
    {
        var ids = _database.Dialect.NumberList([.. experimentIds.Select(SqlText.ToExperimentNumber)]);
        return _database.ReadAsync<IReadOnlyList<DatasetSummary>>(session => session.Query(
            "SELECT DISTINCT d.experiment_id, d.name, d.digest, t.value FROM datasets d JOIN inputs i ON i.source_id = d.dataset_uuid "
            + "LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context' "
            + $"WHERE {session.Dialect.In("d.experiment_id", "$1")} ORDER BY 1, 2, 3, 4 LIMIT $2",
            row => new DatasetSummary(
                row.GetInt64(0).ToString(CultureInfo.InvariantCulture), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)),
            ids, MaxDatasetSummaries), cancellationToken);
    }

    private static void SetExperimentTag(SqlSession session, long experimentId, string key, string value) => session.Execute(
        "INSERT INTO experiment_tags (key, value, experiment_id) VALUES ($1, $2, $3) ON CONFLICT (key, experiment_id) DO UPDATE SET value = excluded.value",
        key, value, experimentId);

    private static Experiment ReadExperiment(SqlSession session, string experimentId) =>
        FindExperiment(session, "e.experiment_id = $1", SqlText.ToExperimentNumber(experimentId))
        ?? throw MlflowException.Missing($"No Experiment with id={experimentId} exists. SearchExperiments lists the experiments there are.");

    private static Experiment? FindExperiment(SqlSession session, string condition, object value) =>
        session.Query($"SELECT {ExperimentColumns} FROM experiments e WHERE {condition}", ToExperiment, value) is [var found] ? WithTags(session, [found])[0] : null;

    private static List<Experiment> WithTags(SqlSession session, IReadOnlyList<Experiment> experiments)
    {
        var tags = experiments.ToDictionary(experiment => SqlText.ToExperimentNumber(experiment.ExperimentId), _ => new Dictionary<string, string>());
        session.ForEach(
            $"SELECT experiment_id, key, value FROM experiment_tags WHERE {session.Dialect.In("experiment_id", "$1")}",
            row => tags[row.GetInt64(0)].Add(row.GetString(1), TextOrEmpty(row, 2)),
            session.Dialect.NumberList([.. tags.Keys]));
        return [.. experiments.Select(experiment => experiment with { Tags = tags[SqlText.ToExperimentNumber(experiment.ExperimentId)] })];
    }

    private static Experiment ToExperiment(DbDataReader row) => new(
        row.GetInt64(0).ToString(CultureInfo.InvariantCulture), row.GetString(1), TextOrEmpty(row, 2), SqlText.ToLifecycleStage(TextOrEmpty(row, 3)),
        SqlText.ToTime(LongOrNull(row, 4)), SqlText.ToTime(LongOrNull(row, 5)), new Dictionary<string, string>());

    private static void RequireActive(Experiment experiment)
    {
        if (experiment.LifecycleStage != LifecycleStage.Active)
        {
            throw MlflowException.Invalid(
                $"The experiment {experiment.ExperimentId} must be in the 'active' state. Current state is deleted. "
                + $"Restore '{experiment.Name}' with RestoreExperiment(\"{experiment.ExperimentId}\") or use another experiment.");
        }
    }

    private Task MoveExperimentAsync(string experimentId, LifecycleStage from, LifecycleStage to, CancellationToken cancellationToken) =>
        _database.WriteAsync(session =>
        {
            var id = SqlText.ToExperimentNumber(experimentId);
            if (ReadExperiment(session, experimentId).LifecycleStage != from)
                throw MlflowException.Missing($"No Experiment with id={experimentId} exists in the '{SqlText.Of(from)}' state: it is {SqlText.Of(to)} already.");
            session.Execute("UPDATE experiments SET lifecycle_stage = $1, last_update_time = $2 WHERE experiment_id = $3", SqlText.Of(to), Now, id);
            session.Execute(
                "UPDATE runs SET lifecycle_stage = $1, deleted_time = $2 WHERE experiment_id = $3",
                SqlText.Of(to), to == LifecycleStage.Deleted ? Now : null, id);
        }, cancellationToken);
}
