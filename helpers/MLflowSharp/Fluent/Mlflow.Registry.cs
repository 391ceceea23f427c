namespace MLflowSharp;

public static partial class Mlflow
{
    private static string? _registryUri;

    /// <summary>Chooses where registered models are kept (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_registry_uri).</summary>
    /// <param name="uri">A URI as for <see cref="SetTrackingUri"/>; empty to go back to the default.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not supported.</exception>
    public static void SetRegistryUri(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        lock (State)
        {
            if (uri.Length > 0)
                new MlflowClient(uri, _options, uri).Dispose();
            _registryUri = uri.Length == 0 ? null : uri;
            ForgetClient();
        }
    }

    /// <summary>Where registered models are kept: what <see cref="SetRegistryUri"/> said, else the environment variable <c>MLFLOW_REGISTRY_URI</c>, else where runs are.</summary>
    public static string GetRegistryUri() => RegistryUriOrNull ?? GetTrackingUri();

    /// <inheritdoc cref="MlflowClient.RegisterModelAsync"/>
    public static Task<ModelVersion> RegisterModelAsync(string modelUri, string name, TimeSpan? awaitRegistrationFor = null, IReadOnlyDictionary<string, string>? tags = null, CancellationToken cancellationToken = default) =>
        Client.RegisterModelAsync(modelUri, name, awaitRegistrationFor, tags, cancellationToken);

    /// <inheritdoc cref="MlflowClient.RegisterModelAsync"/>
    public static ModelVersion RegisterModel(string modelUri, string name, TimeSpan? awaitRegistrationFor = null, IReadOnlyDictionary<string, string>? tags = null) =>
        Client.RegisterModel(modelUri, name, awaitRegistrationFor, tags);

    /// <summary>Searches registered models, all pages (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.search_registered_models).</summary>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%'</c>; null or empty for all.</param>
    /// <param name="maxResults">How many at most; null for all.</param>
    /// <param name="orderBy">Keys such as <c>last_updated_timestamp DESC</c>; by name by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task<IReadOnlyList<RegisteredModel>> SearchRegisteredModelsAsync(string? filter = null, int? maxResults = null, IReadOnlyList<string>? orderBy = null, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((size, token) => Client.SearchRegisteredModelsAsync(filter, size, orderBy, token, cancellationToken), maxResults, pageSize: 100);

    /// <inheritdoc cref="SearchRegisteredModelsAsync"/>
    public static IReadOnlyList<RegisteredModel> SearchRegisteredModels(string? filter = null, int? maxResults = null, IReadOnlyList<string>? orderBy = null) =>
        MlflowClient.Wait(SearchRegisteredModelsAsync(filter, maxResults, orderBy));

    /// <summary>Searches versions of registered models, all pages (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.search_model_versions).</summary>
    /// <param name="filter">Filter such as <c>name = 'mnist' AND tags.validated = 'yes'</c>; null or empty for all.</param>
    /// <param name="maxResults">How many at most; null for all.</param>
    /// <param name="orderBy">Keys such as <c>version_number DESC</c>; the last updated first by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task<IReadOnlyList<ModelVersion>> SearchModelVersionsAsync(string? filter = null, int? maxResults = null, IReadOnlyList<string>? orderBy = null, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((size, token) => Client.SearchModelVersionsAsync(filter, size, orderBy, token, cancellationToken), maxResults, pageSize: 1000);

    /// <inheritdoc cref="SearchModelVersionsAsync"/>
    public static IReadOnlyList<ModelVersion> SearchModelVersions(string? filter = null, int? maxResults = null, IReadOnlyList<string>? orderBy = null) =>
        MlflowClient.Wait(SearchModelVersionsAsync(filter, maxResults, orderBy));

    /// <summary>What <see cref="SetRegistryUri"/> or the environment says; null when neither says anything.</summary>
    internal static string? RegistryUriOrNull =>
        _registryUri ?? (Environment.GetEnvironmentVariable("MLFLOW_REGISTRY_URI") is { Length: > 0 } variable ? variable : null);
}
