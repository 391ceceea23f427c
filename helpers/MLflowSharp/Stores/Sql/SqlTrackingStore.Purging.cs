using MLflowSharp.Maintenance;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore : IPurgingStore
{
    public Task<IReadOnlyList<DeletedItem>> ListDeletedAsync(CancellationToken cancellationToken = default) => _database.ReadAsync(
        session =>
        {
            var items = session.Query(
                "SELECT run_uuid, name, experiment_id, artifact_uri, deleted_time FROM runs WHERE lifecycle_stage = 'deleted'",
                row => new DeletedItem(DeletedKind.Run, row.GetString(0), TextOrEmpty(row, 1), $"{row.GetInt64(2)}", TextOrEmpty(row, 3), SqlText.ToTime(LongOrNull(row, 4))));
            // MLflow expects the experiment 0 to be there.
            items.AddRange(session.Query(
                "SELECT experiment_id, name, artifact_location, last_update_time FROM experiments WHERE lifecycle_stage = 'deleted' AND experiment_id <> 0",
                row => new DeletedItem(DeletedKind.Experiment, $"{row.GetInt64(0)}", row.GetString(1), $"{row.GetInt64(0)}", TextOrEmpty(row, 2), SqlText.ToTime(LongOrNull(row, 3)))));
            if (_database.Columns.Has("logged_models"))
            {
                items.AddRange(session.Query(
                    "SELECT m.model_id, m.name, m.experiment_id, m.artifact_location, CASE WHEN m.lifecycle_stage = 'deleted' THEN m.last_updated_timestamp_ms ELSE e.last_update_time END "
                    + "FROM logged_models m JOIN experiments e ON e.experiment_id = m.experiment_id WHERE m.lifecycle_stage = 'deleted' OR (e.lifecycle_stage = 'deleted' AND e.experiment_id <> 0)",
                    row => new DeletedItem(DeletedKind.LoggedModel, row.GetString(0), row.GetString(1), $"{row.GetInt64(2)}", row.GetString(3), SqlText.ToTime(LongOrNull(row, 4)))));
            }

            return (IReadOnlyList<DeletedItem>)items;
        },
        cancellationToken);

    public Task PurgeAsync(DeletedItem item, CancellationToken cancellationToken = default) => _database.WriteAsync(
        session =>
        {
            if (!IsDeleted(session, item))
                throw new MlflowException($"{item.Kind} {item.Id} was restored meanwhile, and stays.", ErrorCode.InvalidState);
            switch (item.Kind)
            {
                case DeletedKind.Run:
                    PurgeRun(session, item.Id);
                    break;
                case DeletedKind.LoggedModel:
                    PurgeModel(session, item.Id);
                    break;
                default:
                    PurgeExperiment(session, SqlText.ToExperimentNumber(item.Id));
                    break;
            }
        },
        cancellationToken);

    private static bool IsDeleted(SqlSession session, DeletedItem item) => item.Kind switch
    {
        DeletedKind.Run => session.Any("SELECT 1 FROM runs WHERE run_uuid = $1 AND lifecycle_stage = 'deleted'", item.Id),
        DeletedKind.LoggedModel => session.Any(
            "SELECT 1 FROM logged_models m JOIN experiments e ON e.experiment_id = m.experiment_id WHERE m.model_id = $1 AND (m.lifecycle_stage = 'deleted' OR e.lifecycle_stage = 'deleted')", item.Id),
        _ => session.Any("SELECT 1 FROM experiments WHERE experiment_id = $1 AND lifecycle_stage = 'deleted'", SqlText.ToExperimentNumber(item.Id)),
    };

    private void PurgeRun(SqlSession session, string runId)
    {
        foreach (var table in (string[])["metrics", "latest_metrics", "params", "tags"])
            session.Execute($"DELETE FROM {table} WHERE run_uuid = $1", runId);
        Delete(session, "logged_model_metrics", "run_id", runId);
        PurgeLinks(session, runId);
        session.Execute("DELETE FROM runs WHERE run_uuid = $1", runId);
    }

    private void PurgeModel(SqlSession session, string modelId)
    {
        foreach (var table in (string[])["logged_model_metrics", "logged_model_params", "logged_model_tags"])
            Delete(session, table, "model_id", modelId);
        PurgeLinks(session, modelId);
        session.Execute("DELETE FROM logged_models WHERE model_id = $1", modelId);
    }

    /// <summary>What names a run or a model without a key that the database knows of.</summary>
    private void PurgeLinks(SqlSession session, string id)
    {
        if (_database.Columns.Has("input_tags"))
            session.Execute("DELETE FROM input_tags WHERE input_uuid IN (SELECT input_uuid FROM inputs WHERE source_id = $1 OR destination_id = $2)", id, id);
        foreach (var table in (string[])["inputs", "entity_associations"])
        {
            Delete(session, table, "source_id", id);
            Delete(session, table, "destination_id", id);
        }
    }

    private void PurgeExperiment(SqlSession session, long experimentId)
    {
        if (session.Any("SELECT 1 FROM runs WHERE experiment_id = $1", experimentId))
            throw new MlflowException($"The experiment {experimentId} has runs that were not removed, and stays.", ErrorCode.InvalidState);
        // Keys that do not take their rows along when the experiment goes, children first.
        foreach (var table in (string[])["spans", "trace_info", "online_scoring_configs", "datasets", "experiment_tags"])
            Delete(session, table, "experiment_id", experimentId);
        session.Execute("DELETE FROM experiments WHERE experiment_id = $1", experimentId);
    }

    private void Delete(SqlSession session, string table, string column, object value)
    {
        if (_database.Columns.Has(table, column))
            session.Execute($"DELETE FROM {table} WHERE {column} = $1", value);
    }
}
