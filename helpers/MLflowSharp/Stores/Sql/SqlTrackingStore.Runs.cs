using MLflowSharp.Artifacts;
using MLflowSharp.Context;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default)
    {
        var (_, checkedTags) = _validator.CheckNewRun(tags, runName, NewRunName);
        return _database.WriteAsync(session =>
        {
            var experiment = ReadExperiment(session, experimentId);
            RequireActive(experiment);
            // The name as the tag has it, which may have been cut.
            var info = new RunInfo(
                NewIdentifier(), checkedTags.Last(tag => tag.Key == SystemTags.RunName).Value, experiment.ExperimentId, userId, RunStatus.Running,
                SqlText.ToTime(startTime.ToUnixTimeMilliseconds()), null, LifecycleStage.Active, "");
            info = info with { ArtifactUri = ArtifactUri.Append(experiment.ArtifactLocation, $"{info.RunId}/artifacts") };
            session.Execute(
                "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version, lifecycle_stage, artifact_uri, experiment_id) "
                + "VALUES ($1, $2, 'UNKNOWN', '', '', $3, 'RUNNING', $4, '', 'active', $5, $6)",
                info.RunId, info.RunName, userId, startTime.ToUnixTimeMilliseconds(), info.ArtifactUri, SqlText.ToExperimentNumber(experimentId));
            InsertTags(session, info.RunId, checkedTags);
            // What was written is known: reading it again would take longer than writing it.
            var run = new RunBuilder(info);
            run.Tags(checkedTags.Count).AddRange(checkedTags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
            return run.Build();
        }, cancellationToken);
    }

    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        return _database.ReadAsync(session => Runs(session).Read(runId), cancellationToken);
    }

    public Task<RunInfo> UpdateRunInfoAsync(
        string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var nameTag = string.IsNullOrEmpty(runName) ? null : _validator.CheckTag(new(SystemTags.RunName, runName));
        return _database.WriteAsync(session =>
        {
            RequireActive(session, runId);
            if (status is { } newStatus)
                session.Execute("UPDATE runs SET status = $1 WHERE run_uuid = $2", SqlText.Of(newStatus), runId);
            if (endTime is { } newEnd)
                session.Execute("UPDATE runs SET end_time = $1 WHERE run_uuid = $2", newEnd.ToUnixTimeMilliseconds(), runId);
            if (nameTag is not null)
                SetTags(session, runId, [nameTag]);
            return Runs(session).Read(runId).Info;
        }, cancellationToken);
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) =>
        MoveRunAsync(runId, LifecycleStage.Deleted, cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        MoveRunAsync(runId, LifecycleStage.Active, cancellationToken);

    public Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckMaxResults(maxResults);
        var parser = new SearchParser(SearchSchema.Runs);
        var search = new SqlSearch(_database.Dialect);
        foreach (var clause in parser.ParseFilter(filter))
            search.FilterRuns(clause);
        var orders = parser.ParseOrderBy(orderBy);
        search.OrderRuns(orders);
        search.Require($"r.lifecycle_stage IN {SqlText.StagesOf(viewType)}");
        search.Require(_database.Dialect.In("r.experiment_id", search.Add(_database.Dialect.NumberList([.. experimentIds.Select(SqlText.ToExperimentNumber)]))));
        var offset = PageToken.Offset(pageToken);
        var sql = $"SELECT {RunReader.Columns} FROM runs r{search.Joins} WHERE {search.Where} ORDER BY {search.OrderBy}";
        // Runs mostly lie in the order in which they began. Asked for the newest few, SQLite would take up each of them and soon drop it again, which
        // takes twice as long as to sort all.
        var sortsAll = orders is [] or [(SearchEntity.Attribute, "start_time", Ascending: false)] && !_database.Dialect.IsRemote;
        if (!sortsAll)
            sql += $" LIMIT {search.Add(maxResults + 1L)} OFFSET {search.Add(offset)}";
        return _database.ReadAsync(session =>
        {
            var page = PageToken.Page(session.QueryBuilt(sql, RunReader.ToInfo, search.Values, sortsAll ? offset : 0, maxResults + 1L), offset, maxResults);
            return new PagedList<Run>(Runs(session).Complete(page), page.Token);
        }, cancellationToken);
    }

    private Task MoveRunAsync(string runId, LifecycleStage stage, CancellationToken cancellationToken)
    {
        EntityValidator.CheckRunId(runId);
        return _database.WriteAsync(session =>
        {
            var changed = session.Execute(
                "UPDATE runs SET lifecycle_stage = $1, deleted_time = $2 WHERE run_uuid = $3",
                SqlText.Of(stage), stage == LifecycleStage.Deleted ? Now : null, runId);
            if (changed == 0)
                throw RunReader.NotFound(runId);
        }, cancellationToken);
    }

    private RunReader Runs(SqlSession session) => new(session, _database.Columns);

    /// <summary>Refuses a run that does not exist or is deleted.</summary>
    /// <returns>The number of its experiment.</returns>
    private static long RequireActive(SqlSession session, string runId)
    {
        if (session.Query("SELECT lifecycle_stage, experiment_id FROM runs WHERE run_uuid = $1", row => (Stage: TextOrEmpty(row, 0), Experiment: row.GetInt64(1)), runId) is not [var run])
            throw RunReader.NotFound(runId);
        return run.Stage == "active"
            ? run.Experiment
            : throw MlflowException.Invalid(
                $"The run {runId} must be in the 'active' state. Current state is {run.Stage}. Restore it with RestoreRun(\"{runId}\"), or log to another run.");
    }
}
