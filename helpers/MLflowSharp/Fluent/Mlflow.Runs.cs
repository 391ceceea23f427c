using MLflowSharp.Context;
using MLflowSharp.Validation;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// Starts a run, or resumes one, and makes it the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.start_run).
    /// Dispose the result, or call <see cref="EndRun"/>, to end it.
    /// </summary>
    /// <param name="runName">Name; null for a generated one.</param>
    /// <param name="runId">Run to resume; null for <c>MLFLOW_RUN_ID</c> (which is used once) or else a new run.</param>
    /// <param name="experimentId">Experiment; null for the one set with <see cref="SetExperiment"/>, else <c>MLFLOW_EXPERIMENT_NAME</c>, else <c>MLFLOW_EXPERIMENT_ID</c>, else <c>0</c>.</param>
    /// <param name="nested">Whether it may start inside the active run, as its child.</param>
    /// <param name="parentRunId">Run to be nested in, when it is not the active one.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="description">Description shown on the run's page, in Markdown.</param>
    /// <param name="logSystemMetrics">Whether to log the machine's use while the run lasts; null for what <see cref="EnableSystemMetricsLogging"/> or <c>MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING</c> says.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_STATE when a run is active and <paramref name="nested"/> is false; INVALID_PARAMETER_VALUE for arguments that contradict each other.</exception>
    public static Task<ActiveRun> StartRunAsync(
        string? runName = null,
        string? runId = null,
        string? experimentId = null,
        bool nested = false,
        string? parentRunId = null,
        IReadOnlyDictionary<string, string>? tags = null,
        string? description = null,
        bool? logSystemMetrics = null,
        CancellationToken cancellationToken = default)
    {
        var parent = ActiveRun;
        if (parent is not null && !nested)
        {
            throw new MlflowException(
                $"Run with ID {parent.RunId} ('{parent.Info.RunName}') is already active. To start a new run, first end the current run with Mlflow.EndRun(). "
                + "To start a nested run, call StartRun with nested: true.", ErrorCode.InvalidState);
        }

        var own = (tags ?? new Dictionary<string, string>()).ToDictionary();
        if (!string.IsNullOrEmpty(description) && !own.TryAdd(SystemTags.Note, description))
            throw MlflowException.Invalid($"Description is already set via the tag {SystemTags.Note} in tags. Remove the tag or omit the description.");
        return StartAsync(ActiveRuns.Reserve(), parent, Client, runName, runId, experimentId, parentRunId, own, logSystemMetrics, cancellationToken);
    }

    /// <inheritdoc cref="StartRunAsync"/>
    public static ActiveRun StartRun(
        string? runName = null,
        string? runId = null,
        string? experimentId = null,
        bool nested = false,
        string? parentRunId = null,
        IReadOnlyDictionary<string, string>? tags = null,
        string? description = null,
        bool? logSystemMetrics = null) =>
        MlflowClient.Wait(StartRunAsync(runName, runId, experimentId, nested, parentRunId, tags, description, logSystemMetrics));

    /// <summary>Runs an action inside a run: FINISHED when it returns, FAILED when it throws (the exception goes on to the caller). Inside another run it is nested.</summary>
    /// <param name="runName">Name of the run; null for a generated one.</param>
    /// <param name="action">What to run; it gets the run.</param>
    public static void Run(string? runName, Action<ActiveRun> action) => MlflowClient.Wait(RunAsync(runName, run =>
    {
        action(run);
        return Task.CompletedTask;
    }));

    /// <summary>Runs an asynchronous action inside a run: FINISHED when it completes, FAILED when it throws, KILLED when it is cancelled. Inside another run it is nested.</summary>
    /// <param name="runName">Name of the run; null for a generated one.</param>
    /// <param name="action">What to run; it gets the run.</param>
    /// <param name="cancellationToken">Cancels the start of the run.</param>
    public static async Task RunAsync(string? runName, Func<ActiveRun, Task> action, CancellationToken cancellationToken = default)
    {
        var run = await StartRunAsync(runName, nested: true, cancellationToken: cancellationToken);
        try
        {
            await action(run);
        }
        catch (Exception error)
        {
            await run.EndAsync(error is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed, CancellationToken.None);
            throw;
        }

        await run.EndAsync(RunStatus.Finished, CancellationToken.None);
    }

    /// <summary>Ends the active run; does nothing when none is active, as MLflow.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task EndRunAsync(RunStatus status = RunStatus.Finished, CancellationToken cancellationToken = default) =>
        ActiveRun?.EndAsync(status, cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc cref="EndRunAsync"/>
    public static void EndRun(RunStatus status = RunStatus.Finished) => MlflowClient.Wait(EndRunAsync(status));

    /// <inheritdoc cref="MlflowClient.DeleteRunAsync"/>
    public static Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) => Client.DeleteRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.DeleteRunAsync"/>
    public static void DeleteRun(string runId) => Client.DeleteRun(runId);

    /// <inheritdoc cref="MlflowClient.RestoreRunAsync"/>
    public static Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) => Client.RestoreRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.RestoreRunAsync"/>
    public static void RestoreRun(string runId) => Client.RestoreRun(runId);

    /// <summary>Searches runs and returns all that match, up to <paramref name="maxResults"/> (https://mlflow.org/docs/latest/ml/search/search-runs/).</summary>
    /// <param name="experimentNames">Experiments by name; every name must exist.</param>
    /// <param name="experimentIds">Experiments by identifier; without names and identifiers the current experiment is searched.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 and params.optimizer = 'adam'</c>.</param>
    /// <param name="orderBy">Keys such as <c>metrics.accuracy DESC</c>; the newest first by default.</param>
    /// <param name="maxResults">At most so many runs.</param>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<IReadOnlyList<Run>> SearchRunsAsync(
        IReadOnlyList<string>? experimentNames = null,
        IReadOnlyList<string>? experimentIds = null,
        string? filter = null,
        IReadOnlyList<string>? orderBy = null,
        int maxResults = 100_000,
        ViewType viewType = ViewType.ActiveOnly,
        CancellationToken cancellationToken = default)
    {
        var client = Client;
        List<string> ids = [.. experimentIds ?? []];
        foreach (var name in experimentNames ?? [])
        {
            var experiment = await client.GetExperimentByNameAsync(name, cancellationToken)
                ?? throw MlflowException.Missing($"No experiment is named '{name}'. SearchExperiments lists the experiments there are.");
            ids.Add(experiment.ExperimentId);
        }

        if (experimentIds is null && experimentNames is null)
            ids.Add(await ExperimentIdAsync(client, cancellationToken));
        var runs = new List<Run>();
        string? token = null;
        do
        {
            var page = await client.SearchRunsAsync(ids, filter, viewType, Math.Min(maxResults - runs.Count, 1000), orderBy, token, cancellationToken);
            runs.AddRange(page);
            token = page.Token;
        }
        while (token is not null && runs.Count < maxResults);
        return runs;
    }

    /// <inheritdoc cref="SearchRunsAsync"/>
    public static IReadOnlyList<Run> SearchRuns(
        IReadOnlyList<string>? experimentNames = null,
        IReadOnlyList<string>? experimentIds = null,
        string? filter = null,
        IReadOnlyList<string>? orderBy = null,
        int maxResults = 100_000,
        ViewType viewType = ViewType.ActiveOnly) =>
        MlflowClient.Wait(SearchRunsAsync(experimentNames, experimentIds, filter, orderBy, maxResults, viewType));

    private static async Task<ActiveRun> StartAsync(
        ActiveRuns.Holder holder, ActiveRun? parent, MlflowClient client, string? runName, string? runId, string? experimentId,
        string? parentRunId, Dictionary<string, string> tags, bool? logSystemMetrics, CancellationToken cancellationToken)
    {
        if (runId is null && Environment.GetEnvironmentVariable("MLFLOW_RUN_ID") is { Length: > 0 } fromEnvironment)
        {
            runId = fromEnvironment;
            // Only the first run resumes it, as in MLflow; the next ones are new.
            Environment.SetEnvironmentVariable("MLFLOW_RUN_ID", null);
        }

        var run = runId is not null
            ? await ResumeAsync(client, runId, experimentId, runName, tags, cancellationToken)
            : await CreateAsync(client, parent, runName, experimentId, parentRunId, tags, cancellationToken);
        var active = new ActiveRun(client, run, parent, Monitor(client, run, logSystemMetrics));
        holder.Set(active);
        return active;
    }

    private static async Task<Run> ResumeAsync(
        MlflowClient client, string runId, string? experimentId, string? runName, Dictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var run = await client.GetRunAsync(runId, cancellationToken);
        if ((experimentId ?? _experimentId) is { } wanted && wanted != run.Info.ExperimentId)
        {
            throw MlflowException.Invalid(
                $"Cannot start run with ID {runId}: it belongs to experiment {run.Info.ExperimentId}, but experiment {wanted} is set. Set its own experiment, or leave the experiment out.");
        }

        if (run.Info.LifecycleStage == LifecycleStage.Deleted)
            throw MlflowException.Invalid($"Cannot start run with ID {runId} because it is in the deleted state. Restore it with RestoreRun first.");
        await client.UpdateRunAsync(runId, RunStatus.Running, runName, cancellationToken);
        if (tags.Count > 0)
            await client.LogBatchAsync(runId, tags: [.. tags.Select(tag => new RunTag(tag.Key, tag.Value))], cancellationToken: cancellationToken);
        return await client.GetRunAsync(runId, cancellationToken);
    }

    private static async Task<Run> CreateAsync(
        MlflowClient client, ActiveRun? parent, string? runName, string? experimentId, string? parentRunId, Dictionary<string, string> tags, CancellationToken cancellationToken)
    {
        if (parentRunId is not null)
        {
            EntityValidator.CheckRunId(parentRunId);
            if (parent is not null && parent.RunId != parentRunId)
            {
                throw MlflowException.Invalid(
                    $"Current run with ID {parent.RunId} does not match the specified parentRunId {parentRunId}. End the current run with Mlflow.EndRun() first.");
            }

            if ((await client.GetRunAsync(parentRunId, cancellationToken)).Info.LifecycleStage == LifecycleStage.Deleted)
                throw MlflowException.Invalid($"Cannot start run under parent run with ID {parentRunId} because it is in the deleted state.");
        }

        if ((parentRunId ?? parent?.RunId) is { } parentId)
            tags[SystemTags.ParentRunId] = parentId;
        return await client.CreateRunAsync(
            experimentId ?? await ExperimentIdAsync(client, cancellationToken), tags: RunContext.Resolve(tags), runName: runName, cancellationToken: cancellationToken);
    }
}
