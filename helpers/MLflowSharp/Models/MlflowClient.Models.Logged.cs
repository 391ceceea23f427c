using MLflowSharp.SystemMetrics;
using MLflowSharp.Validation;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Creates the logged model; null where the store, or the name, has none.</summary>
    private async Task<LoggedModel?> TryCreateLoggedModelAsync(Run run, string name, CancellationToken cancellationToken)
    {
        if (!RegistryRules.IsLoggedModelName(name))
            return null;
        try
        {
            return await CreateLoggedModelAsync(run.Info.ExperimentId, name, run.Info.RunId, TagsOf(run), run.Data.Params, cancellationToken: cancellationToken);
        }
        catch (MlflowException old) when (old.ErrorCode is ErrorCode.NotImplemented or ErrorCode.EndpointNotFound)
        {
            // MLflow 2.
            return null;
        }
    }

    /// <summary>MLflow repeats on a logged model who made its run, and with what.</summary>
    private static Dictionary<string, string> TagsOf(Run run) => run.Data.Tags
        .Where(tag => tag.Key is Context.SystemTags.User or Context.SystemTags.SourceName or Context.SystemTags.SourceType or Context.SystemTags.GitCommit)
        .ToDictionary(tag => tag.Key, tag => tag.Value);

    private async Task<Model> WriteLoggedModelAsync(Run run, LoggedModel logged, ModelFiles model, long step, CancellationToken cancellationToken)
    {
        var whole = model with { Description = model.Description with { ModelId = logged.ModelId, ArtifactPath = logged.ArtifactLocation } };
        try
        {
            await _store.LogOutputsAsync(run.Info.RunId, [new(logged.ModelId, step)], cancellationToken);
            await LinkMetricsAsync(run, logged.ModelId, step, cancellationToken);
            var repository = ArtifactsAt(logged.ArtifactLocation);
            foreach (var (name, content) in whole.InOrder())
                await repository.WriteAsync(name, (stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);
            await FinalizeLoggedModelAsync(logged.ModelId, LoggedModelStatus.Ready, cancellationToken);
        }
        catch (Exception failure)
        {
            await MarkFailedAsync(logged.ModelId, failure);
            throw;
        }

        return whole.Description;
    }

    /// <summary>
    /// Makes the metrics that the run has at the model's step the model's, too. Those of the machine are not its own: they count steps of their
    /// own, and MLflow takes them along when the numbers happen to meet.
    /// </summary>
    private async Task LinkMetricsAsync(Run run, string modelId, long step, CancellationToken cancellationToken)
    {
        var metrics = new List<Metric>();
        foreach (var key in run.Data.Metrics.Keys.Where(key => !key.StartsWith(SystemMetricsMonitor.Prefix, StringComparison.Ordinal)))
        {
            metrics.AddRange((await GetMetricHistoryAsync(run.Info.RunId, key, cancellationToken))
                .Where(metric => metric.Step == step).Select(metric => metric with { ModelId = modelId, RunId = null }));
        }

        if (metrics.Count > 0)
            await LogBatchAsync(run.Info.RunId, metrics, cancellationToken: cancellationToken);
    }

    private async Task MarkFailedAsync(string modelId, Exception failure)
    {
        try
        {
            // Not cancelled: whoever looks at the model must see that it is not whole.
            await _store.FinalizeLoggedModelAsync(modelId, LoggedModelStatus.UploadFailed, CancellationToken.None);
        }
        catch (MlflowException again)
        {
            Options.Warn($"The logged model {modelId} stays PENDING though its files are not whole ({failure.Message}): {again.Message}");
        }
    }
}
