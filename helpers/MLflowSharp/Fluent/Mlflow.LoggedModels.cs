namespace MLflowSharp;

/// <remarks>Logged models are of MLflow 3 (https://mlflow.org/docs/latest/ml/model/#logged-model); a store of MLflow 2 answers NOT_IMPLEMENTED.</remarks>
public static partial class Mlflow
{
    private static volatile string? _activeModelId = Environment.GetEnvironmentVariable("MLFLOW_ACTIVE_MODEL_ID") is { Length: > 0 } variable ? variable : null;

    /// <summary>
    /// Makes a logged model the active one (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_active_model):
    /// metrics that the process logs afterwards are its metrics, too.
    /// </summary>
    /// <param name="name">Name of a model of the experiment in use, the last one logged; it is created, as a model whose files are elsewhere, when there is none.</param>
    /// <param name="modelId">Identifier of a model, instead of a name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE unless one of both is given; RESOURCE_DOES_NOT_EXIST.</exception>
    public static async Task<LoggedModel> SetActiveModelAsync(string? name = null, string? modelId = null, CancellationToken cancellationToken = default)
    {
        var model = await FindModelAsync(name, modelId, cancellationToken);
        _activeModelId = model.ModelId;
        return model;
    }

    /// <inheritdoc cref="SetActiveModelAsync"/>
    public static LoggedModel SetActiveModel(string? name = null, string? modelId = null) => MlflowClient.Wait(SetActiveModelAsync(name, modelId));

    /// <summary>Identifier of the active model: what <see cref="SetActiveModelAsync"/> said, else the environment variable <c>MLFLOW_ACTIVE_MODEL_ID</c>; null when there is none.</summary>
    public static string? GetActiveModelId() => _activeModelId;

    /// <summary>Lets no model be the active one.</summary>
    public static void ClearActiveModel() => _activeModelId = null;

    /// <inheritdoc cref="MlflowClient.GetLoggedModelAsync"/>
    public static Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => Client.GetLoggedModelAsync(modelId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.GetLoggedModelAsync"/>
    public static LoggedModel GetLoggedModel(string modelId) => Client.GetLoggedModel(modelId);

    /// <summary>Creates a logged model whose files are still to be written (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.initialize_logged_model), in the experiment and of the run in use.</summary>
    /// <param name="name">Name, not unique; null for a generated one. None of <c>/ : . % " '</c> in it.</param>
    /// <param name="tags">Tags to set; null for none.</param>
    /// <param name="parameters">Parameters to log; null for none.</param>
    /// <param name="modelType">What kind of model it is; null when not said.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<LoggedModel> CreateLoggedModelAsync(
        string? name = null, IReadOnlyDictionary<string, string>? tags = null, IReadOnlyDictionary<string, string>? parameters = null, string? modelType = null, CancellationToken cancellationToken = default)
    {
        var run = ActiveRun;
        var client = run?.Client ?? Client;
        return await client.CreateLoggedModelAsync(run?.Info.ExperimentId ?? await ExperimentIdAsync(Client, cancellationToken), name, run?.RunId, tags, parameters, modelType, cancellationToken);
    }

    /// <inheritdoc cref="CreateLoggedModelAsync"/>
    public static LoggedModel CreateLoggedModel(string? name = null, IReadOnlyDictionary<string, string>? tags = null, IReadOnlyDictionary<string, string>? parameters = null, string? modelType = null) =>
        MlflowClient.Wait(CreateLoggedModelAsync(name, tags, parameters, modelType));

    /// <inheritdoc cref="MlflowClient.FinalizeLoggedModelAsync"/>
    public static Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status = LoggedModelStatus.Ready, CancellationToken cancellationToken = default) =>
        Client.FinalizeLoggedModelAsync(modelId, status, cancellationToken);

    /// <inheritdoc cref="MlflowClient.FinalizeLoggedModelAsync"/>
    public static LoggedModel FinalizeLoggedModel(string modelId, LoggedModelStatus status = LoggedModelStatus.Ready) => Client.FinalizeLoggedModel(modelId, status);

    /// <inheritdoc cref="MlflowClient.SetLoggedModelTagsAsync"/>
    public static Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) =>
        Client.SetLoggedModelTagsAsync(modelId, tags, cancellationToken);

    /// <inheritdoc cref="MlflowClient.SetLoggedModelTagsAsync"/>
    public static void SetLoggedModelTags(string modelId, IReadOnlyDictionary<string, string> tags) => Client.SetLoggedModelTags(modelId, tags);

    /// <inheritdoc cref="MlflowClient.DeleteLoggedModelTagAsync"/>
    public static Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) => Client.DeleteLoggedModelTagAsync(modelId, key, cancellationToken);

    /// <inheritdoc cref="MlflowClient.DeleteLoggedModelTagAsync"/>
    public static void DeleteLoggedModelTag(string modelId, string key) => Client.DeleteLoggedModelTag(modelId, key);

    /// <summary>Logs parameters of a logged model (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_model_params).</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="modelId">The model; null for the active one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogModelParamsAsync(IReadOnlyDictionary<string, string> parameters, string? modelId = null, CancellationToken cancellationToken = default) =>
        Client.LogModelParamsAsync(
            modelId ?? GetActiveModelId() ?? throw MlflowException.Invalid("No model is active. Name one with modelId, or make one active with SetActiveModel."), parameters, cancellationToken);

    /// <inheritdoc cref="LogModelParamsAsync"/>
    public static void LogModelParams(IReadOnlyDictionary<string, string> parameters, string? modelId = null) => MlflowClient.Wait(LogModelParamsAsync(parameters, modelId));

    /// <summary>Searches logged models, all pages (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.search_logged_models).</summary>
    /// <param name="experimentIds">Where to search; null for the experiment in use.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 AND name = 'mnist'</c>; null or empty for all.</param>
    /// <param name="datasets">Only metrics measured on these datasets count; null for all.</param>
    /// <param name="maxResults">How many at most; null for all.</param>
    /// <param name="orderBy">Keys to sort by; the newest first by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<IReadOnlyList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string>? experimentIds = null, string? filter = null, IReadOnlyList<LoggedModelDatasetFilter>? datasets = null, int? maxResults = null, IReadOnlyList<LoggedModelOrderBy>? orderBy = null, CancellationToken cancellationToken = default)
    {
        var where = experimentIds ?? [await ExperimentIdAsync(Client, cancellationToken)];
        return await Paging.AllAsync((size, token) => Client.SearchLoggedModelsAsync(where, filter, datasets, size, orderBy, token, cancellationToken), maxResults, pageSize: 100);
    }

    /// <inheritdoc cref="SearchLoggedModelsAsync"/>
    public static IReadOnlyList<LoggedModel> SearchLoggedModels(
        IReadOnlyList<string>? experimentIds = null, string? filter = null, IReadOnlyList<LoggedModelDatasetFilter>? datasets = null, int? maxResults = null, IReadOnlyList<LoggedModelOrderBy>? orderBy = null) =>
        MlflowClient.Wait(SearchLoggedModelsAsync(experimentIds, filter, datasets, maxResults, orderBy));

    private static async Task<LoggedModel> FindModelAsync(string? name, string? modelId, CancellationToken cancellationToken)
    {
        if (name is null == modelId is null)
            throw MlflowException.Invalid("Give either the name or the identifier of the model to make active.");
        if (modelId is not null)
            return await Client.GetLoggedModelAsync(modelId, cancellationToken);
        Validation.RegistryRules.CheckLoggedModelName(name);
        var experiment = ActiveRun?.Info.ExperimentId ?? await ExperimentIdAsync(Client, cancellationToken);
        var found = await Client.SearchLoggedModelsAsync([experiment], $"name = '{name}'", maxResults: 1, cancellationToken: cancellationToken);
        if (found is [var newest])
            return newest;
        var created = await Client.CreateLoggedModelAsync(
            experiment, name, ActiveRun?.RunId, new Dictionary<string, string> { ["mlflow.model.isExternal"] = "True" }, cancellationToken: cancellationToken);
        return await Client.FinalizeLoggedModelAsync(created.ModelId, cancellationToken: cancellationToken);
    }
}
