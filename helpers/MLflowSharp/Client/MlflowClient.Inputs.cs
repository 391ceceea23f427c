using MLflowSharp.Validation;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Records that a run used datasets (https://mlflow.org/docs/latest/ml/dataset/) and logged models.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="datasets">The datasets with their tags.</param>
    /// <param name="models">The logged models; null for none. They need a store of MLflow 3.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        foreach (var dataset in datasets)
            EntityValidator.RequireDataset(dataset);
        return _store.LogInputsAsync(runId, datasets, models, cancellationToken);
    }

    /// <inheritdoc cref="LogInputsAsync"/>
    public void LogInputs(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null) => Wait(LogInputsAsync(runId, datasets, models));

    /// <summary>Records that a run made logged models; NOT_IMPLEMENTED when the store is of MLflow 2.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="models">The models, each with the training step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default) =>
        _store.LogOutputsAsync(runId, models, cancellationToken);

    /// <inheritdoc cref="LogOutputsAsync"/>
    public void LogOutputs(string runId, IReadOnlyList<LoggedModelOutput> models) => Wait(LogOutputsAsync(runId, models));

    /// <summary>Lists the datasets that runs of some experiments used, at most 1000.</summary>
    /// <param name="experimentIds">Identifiers of the experiments.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) =>
        _store.SearchDatasetsAsync(experimentIds, cancellationToken);

    /// <inheritdoc cref="SearchDatasetsAsync"/>
    public IReadOnlyList<DatasetSummary> SearchDatasets(IReadOnlyList<string> experimentIds) => Wait(SearchDatasetsAsync(experimentIds));
}
