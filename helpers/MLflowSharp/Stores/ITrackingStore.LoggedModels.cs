namespace MLflowSharp.Stores;

/// <remarks>Logged models are of MLflow 3: a store of MLflow 2 answers these calls with NOT_IMPLEMENTED.</remarks>
public partial interface ITrackingStore
{
    /// <summary>Creates a logged model whose files are still to be written: its status is PENDING.</summary>
    /// <param name="experimentId">The experiment it belongs to, which must be active.</param>
    /// <param name="name">Name; null or empty for a generated one.</param>
    /// <param name="sourceRunId">The run that makes it; null for none.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="parameters">Parameters to log.</param>
    /// <param name="modelType">What kind of model it is; null when not said.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST.</exception>
    Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId,
        string? name,
        string? sourceRunId,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? parameters,
        string? modelType,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a logged model that is not deleted.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default);

    /// <summary>Says that a model's files are whole, or that writing them failed.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="status">The new status.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default);

    /// <summary>Marks a logged model as deleted; its files stay.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default);

    /// <summary>Sets or replaces tags of a logged model.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of a logged model.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the model has no such tag.</exception>
    Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default);

    /// <summary>Logs parameters of a logged model. The same value again is accepted, another one is refused.</summary>
    /// <param name="modelId">Its identifier.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default);

    /// <summary>Searches logged models (https://mlflow.org/docs/latest/ml/search/search-models/).</summary>
    /// <param name="experimentIds">Where to search.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 AND name = 'mnist'</c>; null or empty for all.</param>
    /// <param name="datasets">Only metrics measured on these datasets count; null for all.</param>
    /// <param name="maxResults">Size of a page, 1 or more.</param>
    /// <param name="orderBy">Keys to sort by; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default);
}
