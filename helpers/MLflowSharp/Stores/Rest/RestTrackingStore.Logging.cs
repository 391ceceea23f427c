using MLflowSharp.Protocol;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestTrackingStore
{
    /// <summary>More bytes than this MLflow's server refuses in one runs/log-batch.</summary>
    private const int LargestBatch = 1_000_000;

    public Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        EntityValidator.CheckBatchLimits(metrics.Count, parameters.Count, tags.Count);
        var (checkedParams, checkedTags) = _validator.CheckBatch(metrics, parameters, tags);
        // What is alone goes the way that MLflow's client sends a single metric, parameter or tag.
        return (metrics.Count, checkedParams.Count, checkedTags.Count) switch
        {
            (1, 0, 0) => LogMetricAsync(runId, metrics[0], cancellationToken),
            (0, 1, 0) => connection.CallAsync(Endpoints.LogParam, Single(runId, checkedParams[0].Key, checkedParams[0].Value), cancellationToken),
            (0, 0, 1) => connection.CallAsync(Endpoints.SetTag, Single(runId, checkedTags[0].Key, checkedTags[0].Value), cancellationToken),
            _ => LogPartsAsync(
                new()
                {
                    RunId = runId,
                    Metrics = MetricMessage.From(metrics),
                    Params = checkedParams.Count == 0 ? null : [.. checkedParams.Select(param => new KeyValueMessage { Key = param.Key, Value = param.Value })],
                    Tags = Messages(checkedTags),
                },
                cancellationToken),
        };
    }

    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteTag, new RunKeyValueRequest { RunId = runId, Key = key }, cancellationToken);

    public Task LogInputsAsync(
        string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        foreach (var dataset in datasets)
            EntityValidator.CheckDatasetInput(dataset);
        var request = new LogInputsRequest
        {
            RunId = runId,
            Datasets = datasets.Count == 0 ? null : [.. datasets.Select(DatasetInputMessage.From)],
            Models = models is { Count: > 0 } ? [.. models.Select(ModelInputMessage.From)] : null,
        };
        return connection.CallAsync(Endpoints.LogInputs, request, cancellationToken);
    }

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default) =>
        connection.CallAsync(
            Endpoints.LogOutputs, new LogOutputsRequest { RunId = runId, Models = models.Count == 0 ? null : [.. models.Select(ModelOutputMessage.From)] }, cancellationToken);

    private Task LogMetricAsync(string runId, Metric metric, CancellationToken cancellationToken)
    {
        var request = new LogMetricRequest
        {
            RunUuid = runId,
            RunId = runId,
            Key = metric.Key,
            Value = metric.Value,
            Timestamp = metric.Timestamp,
            Step = metric.Step,
            ModelId = metric.ModelId,
            DatasetName = metric.DatasetName,
            DatasetDigest = metric.DatasetDigest,
        };
        return connection.CallOnceAsync(Endpoints.LogMetric, request, async token => (await MissingAsync(runId, [metric], token)).Count > 0 ? request : null, cancellationToken);
    }

    /// <summary>Sends a batch, in two parts when it is too long for one; each part is stored whole or not at all.</summary>
    private async Task LogPartsAsync(LogBatchRequest batch, CancellationToken cancellationToken)
    {
        var longest = Math.Max(batch.Metrics?.Count ?? 0, Math.Max(batch.Params?.Count ?? 0, batch.Tags?.Count ?? 0));
        if (longest <= 1 || ProtocolJson.Write(batch).Length <= LargestBatch)
        {
            await connection.CallOnceAsync(Endpoints.LogBatch, batch, token => RestAsync(batch, token), cancellationToken);
            return;
        }

        foreach (var second in (bool[])[false, true])
        {
            var part = new LogBatchRequest { RunId = batch.RunId, Metrics = Half(batch.Metrics, second), Params = Half(batch.Params, second), Tags = Half(batch.Tags, second) };
            if ((part.Metrics ?? part.Params ?? (object?)part.Tags) is not null)
                await LogPartsAsync(part, cancellationToken);
        }
    }

    private static List<T>? Half<T>(IReadOnlyList<T>? items, bool second)
    {
        var middle = ((items?.Count ?? 0) + 1) / 2;
        List<T> half = second ? [.. (items ?? []).Skip(middle)] : [.. (items ?? []).Take(middle)];
        return half.Count == 0 ? null : half;
    }

    private static RunKeyValueRequest Single(string runId, string key, string value) => new() { RunUuid = runId, RunId = runId, Key = key, Value = value };

    private IReadOnlyList<KeyValueMessage>? Tags(IReadOnlyList<RunTag> tags) => Messages(_validator.CheckBatch([], [], tags).Tags);

    private static IReadOnlyList<KeyValueMessage>? Messages(List<RunTag> tags) =>
        tags.Count == 0 ? null : [.. tags.Select(tag => new KeyValueMessage { Key = tag.Key, Value = tag.Value })];
}
