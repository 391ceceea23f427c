namespace MLflowSharp;

/// <remarks>Logged models are of MLflow 3 (https://mlflow.org/docs/latest/ml/model/#logged-model); a store of MLflow 2 answers NOT_IMPLEMENTED.</remarks>
public sealed partial class MlflowClient
{
    /// <summary>Creates a logged model whose files are still to be written. Say with <see cref="FinalizeLoggedModelAsync"/> when they are.</summary>
    /// <param name="experimentId">The experiment it belongs to, which must be active.</param>
    /// <param name="name">Name, not unique; null for a generated one. None of <c>/ : . % " '</c> in it.</param>
    /// <param name="sourceRunId">The run that makes it; null for none.</param>
    /// <param name="tags">Tags to set; null for none.</param>
    /// <param name="parameters">Parameters to log; null for none.</param>
    /// <param name="modelType">What kind of model it is; null when not said.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId, string? name = null, string? sourceRunId = null, IReadOnlyDictionary<string, string>? tags = null, IReadOnlyDictionary<string, string>? parameters = null, string? modelType = null, CancellationToken cancellationToken = default) =>
        _store.CreateLoggedModelAsync(experimentId, name, sourceRunId, tags, parameters, modelType, cancellationToken);

    /// <inheritdoc cref="CreateLoggedModelAsync"/>
    public LoggedModel CreateLoggedModel(string experimentId, string? name = null, string? sourceRunId = null, IReadOnlyDictionary<string, string>? tags = null, IReadOnlyDictionary<string, string>? parameters = null, string? modelType = null) =>
        Wait(CreateLoggedModelAsync(experimentId, name, sourceRunId, tags, parameters, modelType));

    /// <summary>Reads a logged model that is not deleted; RESOURCE_DOES_NOT_EXIST when there is none.</summary>
    /// <param name="modelId">Its identifier, <c>m-…</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        _store.GetLoggedModelAsync(modelId, cancellationToken);

    /// <inheritdoc cref="GetLoggedModelAsync"/>
    public LoggedModel GetLoggedModel(string modelId) => Wait(GetLoggedModelAsync(modelId));

    /// <summary>Says that a model's files are whole, or that writing them failed.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="status">The new status.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status = LoggedModelStatus.Ready, CancellationToken cancellationToken = default) =>
        _store.FinalizeLoggedModelAsync(modelId, status, cancellationToken);

    /// <inheritdoc cref="FinalizeLoggedModelAsync"/>
    public LoggedModel FinalizeLoggedModel(string modelId, LoggedModelStatus status = LoggedModelStatus.Ready) => Wait(FinalizeLoggedModelAsync(modelId, status));

    /// <summary>Marks a logged model as deleted; its files stay.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        _store.DeleteLoggedModelAsync(modelId, cancellationToken);

    /// <inheritdoc cref="DeleteLoggedModelAsync"/>
    public void DeleteLoggedModel(string modelId) => Wait(DeleteLoggedModelAsync(modelId));

    /// <summary>Sets or replaces tags of a logged model.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) =>
        _store.SetLoggedModelTagsAsync(modelId, tags, cancellationToken);

    /// <inheritdoc cref="SetLoggedModelTagsAsync"/>
    public void SetLoggedModelTags(string modelId, IReadOnlyDictionary<string, string> tags) => Wait(SetLoggedModelTagsAsync(modelId, tags));

    /// <summary>Deletes a tag of a logged model; RESOURCE_DOES_NOT_EXIST when it has none of that key.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        _store.DeleteLoggedModelTagAsync(modelId, key, cancellationToken);

    /// <inheritdoc cref="DeleteLoggedModelTagAsync"/>
    public void DeleteLoggedModelTag(string modelId, string key) => Wait(DeleteLoggedModelTagAsync(modelId, key));

    /// <summary>Logs parameters of a logged model. The same value again is accepted, another one is refused.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default) =>
        _store.LogLoggedModelParamsAsync(modelId, parameters, cancellationToken);

    /// <inheritdoc cref="LogModelParamsAsync"/>
    public void LogModelParams(string modelId, IReadOnlyDictionary<string, string> parameters) => Wait(LogModelParamsAsync(modelId, parameters));

    /// <summary>Searches logged models (https://mlflow.org/docs/latest/ml/search/search-models/).</summary>
    /// <param name="experimentIds">Where to search.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 AND name = 'mnist'</c>; null or empty for all.</param>
    /// <param name="datasets">Only metrics measured on these datasets count; null for all.</param>
    /// <param name="maxResults">Size of a page, 1 or more.</param>
    /// <param name="orderBy">Keys to sort by; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds, string? filter = null, IReadOnlyList<LoggedModelDatasetFilter>? datasets = null, int maxResults = 100, IReadOnlyList<LoggedModelOrderBy>? orderBy = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _store.SearchLoggedModelsAsync(experimentIds, filter, datasets, maxResults, orderBy, pageToken, cancellationToken);

    /// <inheritdoc cref="SearchLoggedModelsAsync"/>
    public PagedList<LoggedModel> SearchLoggedModels(
        IReadOnlyList<string> experimentIds, string? filter = null, IReadOnlyList<LoggedModelDatasetFilter>? datasets = null, int maxResults = 100, IReadOnlyList<LoggedModelOrderBy>? orderBy = null, string? pageToken = null) =>
        Wait(SearchLoggedModelsAsync(experimentIds, filter, datasets, maxResults, orderBy, pageToken));
}
