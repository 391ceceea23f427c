using MLflowSharp.Values;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Makes an experiment the one that new runs belong to, creating it if needed (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_experiment).</summary>
    /// <param name="experimentName">Its name, 1 to 500 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the experiment is deleted.</exception>
    public static async Task<Experiment> SetExperimentAsync(string experimentName, CancellationToken cancellationToken = default)
    {
        var client = Client;
        var experiment = await client.GetExperimentByNameAsync(experimentName, cancellationToken);
        if (experiment is null)
        {
            try
            {
                experiment = await client.GetExperimentAsync(await client.CreateExperimentAsync(experimentName, cancellationToken: cancellationToken), cancellationToken);
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceAlreadyExists)
            {
                // Another process created it in between.
                experiment = (await client.GetExperimentByNameAsync(experimentName, cancellationToken))!;
            }
        }

        if (experiment.LifecycleStage != LifecycleStage.Active)
        {
            throw MlflowException.Invalid(
                $"Cannot set a deleted experiment '{experimentName}' as the active experiment. Restore it with "
                + $"new MlflowClient().RestoreExperiment(\"{experiment.ExperimentId}\"), or choose another name.");
        }

        lock (State)
            _experimentId = experiment.ExperimentId;
        return experiment;
    }

    /// <inheritdoc cref="SetExperimentAsync"/>
    public static Experiment SetExperiment(string experimentName) => MlflowClient.Wait(SetExperimentAsync(experimentName));

    /// <inheritdoc cref="MlflowClient.CreateExperimentAsync"/>
    public static Task<string> CreateExperimentAsync(
        string name, string? artifactLocation = null, IReadOnlyDictionary<string, string>? tags = null, CancellationToken cancellationToken = default) =>
        Client.CreateExperimentAsync(name, artifactLocation, tags, cancellationToken);

    /// <inheritdoc cref="MlflowClient.CreateExperimentAsync"/>
    public static string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyDictionary<string, string>? tags = null) =>
        Client.CreateExperiment(name, artifactLocation, tags);

    /// <inheritdoc cref="MlflowClient.GetExperimentByNameAsync"/>
    public static Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default) =>
        Client.GetExperimentByNameAsync(name, cancellationToken);

    /// <inheritdoc cref="MlflowClient.GetExperimentByNameAsync"/>
    public static Experiment? GetExperimentByName(string name) => Client.GetExperimentByName(name);

    /// <inheritdoc cref="MlflowClient.GetExperimentAsync"/>
    public static Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Client.GetExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.GetExperimentAsync"/>
    public static Experiment GetExperiment(string experimentId) => Client.GetExperiment(experimentId);

    /// <summary>Searches experiments and returns all that match, up to <paramref name="maxResults"/> (https://mlflow.org/docs/latest/ml/search/search-experiments/).</summary>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="maxResults">At most so many experiments; null for all.</param>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%'</c>.</param>
    /// <param name="orderBy">Keys such as <c>name ASC</c>; the newest first by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<IReadOnlyList<Experiment>> SearchExperimentsAsync(
        ViewType viewType = ViewType.ActiveOnly,
        int? maxResults = null,
        string? filter = null,
        IReadOnlyList<string>? orderBy = null,
        CancellationToken cancellationToken = default)
    {
        var client = Client;
        var experiments = new List<Experiment>();
        string? token = null;
        do
        {
            var page = await client.SearchExperimentsAsync(
                viewType, Math.Min(maxResults - experiments.Count ?? 1000, 1000), filter, orderBy, token, cancellationToken);
            experiments.AddRange(page);
            token = page.Token;
        }
        while (token is not null && experiments.Count < (maxResults ?? int.MaxValue));
        return experiments;
    }

    /// <inheritdoc cref="SearchExperimentsAsync"/>
    public static IReadOnlyList<Experiment> SearchExperiments(
        ViewType viewType = ViewType.ActiveOnly, int? maxResults = null, string? filter = null, IReadOnlyList<string>? orderBy = null) =>
        MlflowClient.Wait(SearchExperimentsAsync(viewType, maxResults, filter, orderBy));

    /// <inheritdoc cref="MlflowClient.DeleteExperimentAsync"/>
    public static Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Client.DeleteExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.DeleteExperimentAsync"/>
    public static void DeleteExperiment(string experimentId) => Client.DeleteExperiment(experimentId);

    /// <inheritdoc cref="MlflowClient.RestoreExperimentAsync"/>
    public static Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Client.RestoreExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.RestoreExperimentAsync"/>
    public static void RestoreExperiment(string experimentId) => Client.RestoreExperiment(experimentId);

    /// <summary>Sets a tag of the current experiment (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_experiment_tag).</summary>
    /// <param name="key">Key, up to 250 characters.</param>
    /// <param name="value">Value; its text is the one Python would set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task SetExperimentTagAsync(string key, object? value, CancellationToken cancellationToken = default) =>
        SetExperimentTagsAsync(new Dictionary<string, object?> { [key] = value }, cancellationToken);

    /// <inheritdoc cref="SetExperimentTagAsync"/>
    public static void SetExperimentTag(string key, object? value) => MlflowClient.Wait(SetExperimentTagAsync(key, value));

    /// <summary>Sets several tags of the current experiment (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_experiment_tags).</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task SetExperimentTagsAsync(IReadOnlyDictionary<string, object?> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var client = Client;
        var id = await ExperimentIdAsync(client, cancellationToken);
        foreach (var (key, value) in tags)
            await client.SetExperimentTagAsync(id, key, PythonText.Of(value), cancellationToken);
    }

    /// <inheritdoc cref="SetExperimentTagsAsync"/>
    public static void SetExperimentTags(IReadOnlyDictionary<string, object?> tags) => MlflowClient.Wait(SetExperimentTagsAsync(tags));

    /// <summary>Deletes a tag of the current experiment (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.delete_experiment_tag).</summary>
    /// <param name="key">Key of the tag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task DeleteExperimentTagAsync(string key, CancellationToken cancellationToken = default)
    {
        var client = Client;
        await client.DeleteExperimentTagAsync(await ExperimentIdAsync(client, cancellationToken), key, cancellationToken);
    }

    /// <inheritdoc cref="DeleteExperimentTagAsync"/>
    public static void DeleteExperimentTag(string key) => MlflowClient.Wait(DeleteExperimentTagAsync(key));

    /// <summary>SetExperiment, else MLFLOW_EXPERIMENT_NAME (created if needed), else MLFLOW_EXPERIMENT_ID, else "0".</summary>
    internal static async Task<string> ExperimentIdAsync(MlflowClient client, CancellationToken cancellationToken)
    {
        if (_experimentId is { } set)
            return set;
        if (Environment.GetEnvironmentVariable("MLFLOW_EXPERIMENT_NAME") is { Length: > 0 } name)
        {
            return (await client.GetExperimentByNameAsync(name, cancellationToken))?.ExperimentId
                ?? await client.CreateExperimentAsync(name, cancellationToken: cancellationToken);
        }

        return Environment.GetEnvironmentVariable("MLFLOW_EXPERIMENT_ID") is { Length: > 0 } id ? id : "0";
    }
}
