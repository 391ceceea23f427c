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
    public static Experiment? GetExperimentByName(string name) => Client.GetExperimentByName(name);

    /// <inheritdoc cref="MlflowClient.GetExperimentAsync"/>
    public static Experiment GetExperiment(string experimentId) => Client.GetExperiment(experimentId);

    /// <inheritdoc cref="MlflowClient.SearchExperimentsAsync"/>
    public static IReadOnlyList<Experiment> SearchExperiments(
        ViewType viewType = ViewType.ActiveOnly, int maxResults = 1000, string? filter = null, IReadOnlyList<string>? orderBy = null) =>
        Client.SearchExperiments(viewType, maxResults, filter, orderBy);

    /// <inheritdoc cref="MlflowClient.SetExperimentTagAsync"/>
    public static void SetExperimentTag(string key, string value) => Client.SetExperimentTag(MlflowClient.Wait(ExperimentIdAsync(Client, default)), key, value);

    /// <summary>SetExperiment, else MLFLOW_EXPERIMENT_NAME (created if needed), else MLFLOW_EXPERIMENT_ID, else "0".</summary>
    private static async Task<string> ExperimentIdAsync(MlflowClient client, CancellationToken cancellationToken)
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
