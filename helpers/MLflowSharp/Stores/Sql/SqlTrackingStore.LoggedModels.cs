using System.Data.Common;
using System.Globalization;
using MLflowSharp.Artifacts;
using MLflowSharp.Registry;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const string LoggedModelColumns =
        "l.model_id, l.experiment_id, l.name, l.artifact_location, l.creation_timestamp_ms, l.last_updated_timestamp_ms, l.status, l.status_message, l.model_type, l.source_run_id";

    /// <summary>Refuses a database of MLflow 2.</summary>
    public static void RequireLoggedModels(SqlDatabase database) => database.Columns.Require("logged_models", "Logged models", "3.0");

    public static MlflowException NoLoggedModel(string modelId) => MlflowException.Missing($"Logged model with ID '{modelId}' not found.");

    public Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId,
        string? name,
        string? sourceRunId,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? parameters,
        string? modelType,
        CancellationToken cancellationToken = default)
    {
        name = string.IsNullOrEmpty(name) ? NewRunName() : name;
        RegistryRules.CheckLoggedModelName(name);
        RegistryRules.CheckLoggedModelItems(tags, "tag");
        RegistryRules.CheckLoggedModelItems(parameters, "parameter");
        return _database.WriteAsync(session =>
        {
            RequireLoggedModels(_database);
            var experiment = ReadExperiment(session, experimentId);
            RequireActive(experiment);
            var modelId = $"m-{NewIdentifier()}";
            var number = SqlText.ToExperimentNumber(experimentId);
            var now = Now;
            session.Execute(
                "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)",
                modelId, number, name, ArtifactUri.Append(experiment.ArtifactLocation, $"models/{modelId}/artifacts"), now, now, (int)LoggedModelStatus.Pending, modelType, sourceRunId);
            LogLoggedModelParams(session, modelId, number, parameters);
            SetLoggedModelTags(session, modelId, number, tags);
            return ReadLoggedModel(session, modelId);
        }, cancellationToken);
    }

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => _database.ReadAsync(session =>
    {
        RequireLoggedModels(_database);
        return ReadLoggedModel(session, modelId, " AND l.lifecycle_stage <> 'deleted'");
    }, cancellationToken);

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default)
    {
        if (status is not (LoggedModelStatus.Pending or LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed))
            throw MlflowException.Invalid($"Invalid model status {status}. Use Ready, or UploadFailed when the files could not be written.");
        return ChangeLoggedModelAsync(modelId, (session, _) =>
        {
            session.Execute("UPDATE logged_models SET status = $1, last_updated_timestamp_ms = $2 WHERE model_id = $3", (int)status, Now, modelId);
            return ReadLoggedModel(session, modelId);
        }, cancellationToken);
    }

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => ChangeLoggedModelAsync(
        modelId,
        (session, _) => session.Execute("UPDATE logged_models SET lifecycle_stage = 'deleted', last_updated_timestamp_ms = $1 WHERE model_id = $2", Now, modelId),
        cancellationToken);

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckLoggedModelItems(tags, "tag");
        return ChangeLoggedModelAsync(modelId, (session, experiment) => SetLoggedModelTags(session, modelId, experiment, tags), cancellationToken);
    }

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) => ChangeLoggedModelAsync(
        modelId,
        (session, _) => session.Execute("DELETE FROM logged_model_tags WHERE model_id = $1 AND tag_key = $2", modelId, key) is > 0 and var deleted
            ? deleted
            : throw MlflowException.Missing($"No tag with key '{key}' found for model with ID '{modelId}'."),
        cancellationToken);

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckLoggedModelItems(parameters, "parameter");
        return ChangeLoggedModelAsync(modelId, (session, experiment) => LogLoggedModelParams(session, modelId, experiment, parameters), cancellationToken);
    }

    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default)
    {
        var search = new LoggedModelSearch(experimentIds, filter, datasets, maxResults, orderBy, pageToken);
        var query = new SqlSearch(_database.Dialect);
        query.FilterLoggedModels(search);
        query.OrderLoggedModels(search.Orders);
        query.RequireExperiments("l.experiment_id", experimentIds);
        var sql = $"SELECT {LoggedModelColumns} FROM logged_models l{query.Joins} WHERE {query.Where} ORDER BY {query.OrderBy} LIMIT {query.Add(search.Limit)} OFFSET {query.Add(search.Offset)}";
        return _database.ReadAsync(session =>
        {
            RequireLoggedModels(_database);
            var page = search.Page(session.QueryBuilt(sql, ToLoggedModel, query.Values));
            return new PagedList<LoggedModel>([.. page.Select(model => Complete(session, model))], page.Token);
        }, cancellationToken);
    }

    private Task<T> ChangeLoggedModelAsync<T>(string modelId, Func<SqlSession, long, T> change, CancellationToken cancellationToken) => _database.WriteAsync(session =>
    {
        RequireLoggedModels(_database);
        var experiment = session.Number("SELECT experiment_id FROM logged_models WHERE model_id = $1", modelId) ?? throw NoLoggedModel(modelId);
        return change(session, experiment);
    }, cancellationToken);

    private static int SetLoggedModelTags(SqlSession session, string modelId, long experiment, IReadOnlyDictionary<string, string>? tags) => tags?.Sum(tag => session.Execute(
        "INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value) VALUES ($1, $2, $3, $4) ON CONFLICT (model_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
        modelId, experiment, tag.Key, tag.Value)) ?? 0;

    private static int LogLoggedModelParams(SqlSession session, string modelId, long experiment, IReadOnlyDictionary<string, string>? parameters)
    {
        foreach (var (key, value) in parameters ?? new Dictionary<string, string>())
        {
            var inserted = session.Execute(
                "INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value) VALUES ($1, $2, $3, $4) ON CONFLICT (model_id, param_key) DO NOTHING",
                modelId, experiment, key, value);
            if (inserted == 0 && session.Text("SELECT param_value FROM logged_model_params WHERE model_id = $1 AND param_key = $2", modelId, key) is var logged && logged != value)
            {
                throw MlflowException.Invalid(
                    $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{logged}' for model ID='{modelId}'. Attempted logging new value '{value}'.");
            }
        }

        return parameters?.Count ?? 0;
    }

    private static LoggedModel ReadLoggedModel(SqlSession session, string modelId, string condition = "") =>
        session.Query($"SELECT {LoggedModelColumns} FROM logged_models l WHERE l.model_id = $1{condition}", ToLoggedModel, modelId) is [var model]
            ? Complete(session, model)
            : throw NoLoggedModel(modelId);

    private static LoggedModel Complete(SqlSession session, LoggedModel model)
    {
        var tags = Pairs("SELECT tag_key, tag_value FROM logged_model_tags WHERE model_id = $1 ORDER BY tag_key");
        return model with
        {
            Tags = tags,
            Params = Pairs("SELECT param_key, param_value FROM logged_model_params WHERE model_id = $1 ORDER BY param_key"),
            Metrics = session.Query(
                "SELECT metric_name, metric_value, metric_timestamp_ms, metric_step, run_id, dataset_name, dataset_digest "
                + "FROM logged_model_metrics WHERE model_id = $1 ORDER BY metric_name, metric_timestamp_ms, metric_step",
                row => ToMetric(row, model.ModelId), model.ModelId),
            Registrations = LoggedModelRegistrations.Read(tags),
        };

        Dictionary<string, string> Pairs(string sql) =>
            session.Query(sql, row => (row.GetString(0), TextOrEmpty(row, 1)), model.ModelId).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    // MLflow keeps 0 of a value that is not a number; NULL is allowed by the column.
    private static Metric ToMetric(DbDataReader row, string modelId) => new(row.GetString(0), row.IsDBNull(1) ? double.NaN : row.GetDouble(1), row.GetInt64(2), row.GetInt64(3))
    {
        ModelId = modelId,
        RunId = TextOrNull(row, 4),
        DatasetName = TextOrNull(row, 5),
        DatasetDigest = TextOrNull(row, 6),
    };

    private static LoggedModel ToLoggedModel(DbDataReader row) => new()
    {
        ModelId = row.GetString(0),
        ExperimentId = Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        Name = row.GetString(2),
        ArtifactLocation = row.GetString(3),
        CreationTime = SqlText.ToTime(row.GetInt64(4))!.Value,
        LastUpdatedTime = SqlText.ToTime(row.GetInt64(5))!.Value,
        Status = (LoggedModelStatus)Convert.ToInt32(row.GetValue(6), CultureInfo.InvariantCulture),
        StatusMessage = TextOrNull(row, 7),
        ModelType = TextOrNull(row, 8),
        SourceRunId = TextOrNull(row, 9),
    };

    private static string? TextOrNull(DbDataReader row, int column) => TextOrEmpty(row, column) is { Length: > 0 } text ? text : null;
}
