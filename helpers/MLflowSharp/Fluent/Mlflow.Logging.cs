using MLflowSharp.Values;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Logs a parameter of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_param). The same value again is accepted, another one is refused. Starts a run when none is active.</summary>
    /// <param name="key">Name, up to 250 characters: letters, digits, <c>_ - . / :</c> and spaces.</param>
    /// <param name="value">Value; its text is the one Python would log (<c>True</c>, <c>0.001</c>, <c>[1, 2]</c>), up to 6000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogParamAsync(string key, object? value, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogParamAsync(run.RunId, key, value, cancellationToken));

    /// <inheritdoc cref="LogParamAsync"/>
    public static void LogParam(string key, object? value) => MlflowClient.Wait(LogParamAsync(key, value));

    /// <summary>Logs parameters of the active run together (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_params). Starts a run when none is active.</summary>
    /// <param name="parameters">A dictionary, or an anonymous object such as <c>new { epochs = 10, optimizer = "adam" }</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogParamsAsync(object parameters, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogBatchAsync(
                run.RunId, parameters: [.. ObjectTree.Members(parameters).Select(item => new Param(item.Key, PythonText.Of(item.Value)))], cancellationToken: cancellationToken));

    /// <inheritdoc cref="LogParamsAsync"/>
    public static void LogParams(object parameters) => MlflowClient.Wait(LogParamsAsync(parameters));

    /// <summary>Logs one point of a metric of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_metric). Starts a run when none is active.</summary>
    /// <param name="key">Name, up to 250 characters.</param>
    /// <param name="value">Value; NaN is kept, ±infinity becomes ±1.7976931348623157e308.</param>
    /// <param name="step">Position in the training, for instance the epoch; null for 0.</param>
    /// <param name="timestamp">When it was measured; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogMetricAsync(string key, double value, long? step = null, DateTimeOffset? timestamp = null, CancellationToken cancellationToken = default) =>
        _activeModelId is null
            ? WithRunAsync(run => run.Client.LogMetricAsync(run.RunId, key, value, timestamp, step, cancellationToken))
            : LogMetricsAsync(new Dictionary<string, double> { [key] = value }, step, timestamp, cancellationToken);

    /// <inheritdoc cref="LogMetricAsync"/>
    public static void LogMetric(string key, double value, long? step = null, DateTimeOffset? timestamp = null)
    {
        if (_activeModelId is null && ActiveRun is { } run)
            run.Client.LogMetric(run.RunId, key, value, timestamp, step);
        else
            MlflowClient.Wait(LogMetricAsync(key, value, step, timestamp));
    }

    /// <summary>Logs one point of each of several metrics of the active run together (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_metrics). Starts a run when none is active.</summary>
    /// <param name="metrics">Values by name.</param>
    /// <param name="step">Position in the training; null for 0.</param>
    /// <param name="timestamp">When they were measured; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogMetricsAsync(IReadOnlyDictionary<string, double> metrics, long? step = null, DateTimeOffset? timestamp = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogBatchAsync(run.RunId, ToMetrics(run, metrics, step, timestamp), cancellationToken: cancellationToken));

    /// <inheritdoc cref="LogMetricsAsync"/>
    public static void LogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null, DateTimeOffset? timestamp = null) => MlflowClient.Wait(LogMetricsAsync(metrics, step, timestamp));

    /// <summary>Sets or replaces a tag of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_tag). Starts a run when none is active.</summary>
    /// <param name="key">Name, up to 250 characters.</param>
    /// <param name="value">Value; its text is the one Python would set, up to 8000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task SetTagAsync(string key, object? value, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.SetTagAsync(run.RunId, key, value, cancellationToken));

    /// <inheritdoc cref="SetTagAsync"/>
    public static void SetTag(string key, object? value) => MlflowClient.Wait(SetTagAsync(key, value));

    /// <summary>Sets tags of the active run together (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_tags). Starts a run when none is active.</summary>
    /// <param name="tags">A dictionary or an anonymous object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task SetTagsAsync(object tags, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogBatchAsync(
                run.RunId, tags: [.. ObjectTree.Members(tags).Select(item => new RunTag(item.Key, PythonText.Of(item.Value)))], cancellationToken: cancellationToken));

    /// <inheritdoc cref="SetTagsAsync"/>
    public static void SetTags(object tags) => MlflowClient.Wait(SetTagsAsync(tags));

    /// <summary>Deletes a tag of the active run; RESOURCE_DOES_NOT_EXIST when it has none of that key. Starts a run when none is active.</summary>
    /// <param name="key">Name of the tag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task DeleteTagAsync(string key, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.DeleteTagAsync(run.RunId, key, cancellationToken));

    /// <inheritdoc cref="DeleteTagAsync"/>
    public static void DeleteTag(string key) => MlflowClient.Wait(DeleteTagAsync(key));

    /// <summary>Waits until everything that this process has logged is in the store (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.flush_async_logging).</summary>
    /// <inheritdoc cref="MlflowClient.FlushAsync" path="/param|/exception"/>
    public static Task FlushAsync(CancellationToken cancellationToken = default) => (ActiveRun?.Client ?? Client).FlushAsync(cancellationToken);

    /// <inheritdoc cref="FlushAsync"/>
    public static void Flush() => MlflowClient.Wait(FlushAsync());

    private static Task WithRunAsync(Func<ActiveRun, Task> action)
    {
        if (ActiveRun is { } active)
            return action(active);
        // Not an async method, so that the run it starts becomes the caller's.
        var starting = StartRunAsync();
        return Then(starting, action);

        static async Task Then(Task<ActiveRun> starting, Func<ActiveRun, Task> action) => await action(await starting);
    }

    private static List<Metric> ToMetrics(ActiveRun run, IReadOnlyDictionary<string, double> metrics, long? step, DateTimeOffset? timestamp)
    {
        var time = (timestamp ?? run.Client.Options.TimeProvider.GetUtcNow()).ToUnixTimeMilliseconds();
        return [.. metrics.Select(metric => new Metric(metric.Key, metric.Value, time, step ?? 0) { ModelId = _activeModelId })];
    }
}
