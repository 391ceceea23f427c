using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        foreach (var input in datasets)
            EntityValidator.CheckDatasetInput(input);
        return _database.WriteAsync(session =>
        {
            var experiment = RequireActive(session, runId);
            foreach (var input in datasets)
                LogInput(session, runId, experiment, input);
            if (models is { Count: > 0 })
                RequireLoggedModels();
            foreach (var model in models ?? [])
            {
                session.Execute(
                    "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) VALUES ($1, 'RUN_INPUT', $2, 'MODEL_INPUT', $3) "
                    + "ON CONFLICT DO NOTHING",
                    NewIdentifier(), runId, model.ModelId);
            }
        }, cancellationToken);
    }

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        return _database.WriteAsync(session =>
        {
            RequireLoggedModels();
            RequireActive(session, runId);
            foreach (var model in models)
            {
                session.Execute(
                    "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step) "
                    + "VALUES ($1, 'RUN_OUTPUT', $2, 'MODEL_OUTPUT', $3, $4) ON CONFLICT DO NOTHING",
                    NewIdentifier(), runId, model.ModelId, model.Step);
            }
        }, cancellationToken);
    }

    private void RequireLoggedModels() => _database.Columns.Require("logged_models", "Logged models", "3.0");

    // A second use of a dataset by the same run is dropped, tags included: MLflow keeps the first.
    private static void LogInput(SqlSession session, string runId, long experiment, DatasetInput input)
    {
        var dataset = input.Dataset;
        session.Execute(
            "INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (experiment_id, name, digest) DO NOTHING",
            NewIdentifier(), experiment, dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile);
        var datasetId = session.Text("SELECT dataset_uuid FROM datasets WHERE experiment_id = $1 AND name = $2 AND digest = $3", experiment, dataset.Name, dataset.Digest);
        var inputId = NewIdentifier();
        var inserted = session.Execute(
            "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) VALUES ($1, 'DATASET', $2, 'RUN', $3) "
            + "ON CONFLICT (source_type, source_id, destination_type, destination_id) DO NOTHING",
            inputId, datasetId, runId);
        if (inserted == 0)
            return;
        foreach (var tag in input.Tags)
            session.Execute("INSERT INTO input_tags (input_uuid, name, value) VALUES ($1, $2, $3)", inputId, tag.Key, tag.Value);
    }
}
