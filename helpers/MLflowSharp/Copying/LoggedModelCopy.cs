namespace MLflowSharp.Copying;

/// <summary>Copies logged models.</summary>
internal sealed class LoggedModelCopy(CopyEnd from, CopyEnd to, IdentifierMap map, CopyReport report)
{
    private readonly ArtifactCopy _artifacts = new(report);

    /// <summary>Makes a model and copies its files; its metrics come with the run's.</summary>
    public async Task CopyAsync(LoggedModel model, string experimentId, CancellationToken cancellationToken)
    {
        var copy = await to.Tracking.CreateLoggedModelAsync(experimentId, model.Name, map.Run(model.SourceRunId), null, null, model.ModelType, cancellationToken);
        map.Add(model.ModelId, copy.ModelId, model.ArtifactLocation, copy.ArtifactLocation);
        if (model.Params.Count > 0)
            await to.Tracking.LogLoggedModelParamsAsync(copy.ModelId, model.Params, cancellationToken);
        if (TagsOf(model) is { Count: > 0 } tags)
            await to.Tracking.SetLoggedModelTagsAsync(copy.ModelId, tags, cancellationToken);
        await _artifacts.CopyAsync(from.At(model.ArtifactLocation), to.At(copy.ArtifactLocation), cancellationToken);
        if (model.Status is LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed)
            await to.Tracking.FinalizeLoggedModelAsync(copy.ModelId, model.Status, cancellationToken);
        report.LoggedModels++;
    }

    /// <summary>Reads it back.</summary>
    public async Task CheckAsync(LoggedModel model, CancellationToken cancellationToken)
    {
        var copy = await to.Tracking.GetLoggedModelAsync(map.Model(model.ModelId)!, cancellationToken);
        if ((copy.Name, copy.Status, copy.ModelType ?? "") != (model.Name, model.Status, model.ModelType ?? "") || copy.SourceRunId != map.Run(model.SourceRunId)
            || model.Params.Any(param => copy.Params.GetValueOrDefault(param.Key) != param.Value) || TagsOf(model).Any(tag => copy.Tags.GetValueOrDefault(tag.Key) != tag.Value)
            || model.Metrics.Count != copy.Metrics.Count)
        {
            throw new MlflowException($"The copy of the logged model {model.ModelId} ({model.Name}) does not read back as it was.", ErrorCode.DataLoss);
        }
    }

    private Dictionary<string, string> TagsOf(LoggedModel model) => model.Tags.ToDictionary(tag => tag.Key, tag => map.Translate(tag.Value), StringComparer.Ordinal);
}
