namespace MLflowSharp.Copying;

/// <summary>A registered model that is copied: those versions that were made in the experiments that are copied.</summary>
internal sealed record SourceModel(RegisteredModel Model, IReadOnlyList<ModelVersion> Versions, int Left)
{
    /// <summary>Finds those that belong to some experiments.</summary>
    public static async Task<IReadOnlyList<SourceModel>> ReadAsync(CopyEnd from, IReadOnlyList<SourceExperiment> experiments, CancellationToken cancellationToken)
    {
        var runs = experiments.SelectMany(experiment => experiment.Runs).Select(run => run.Info.RunId).ToHashSet(StringComparer.Ordinal);
        var models = experiments.SelectMany(experiment => experiment.Models).Select(model => model.ModelId).ToHashSet(StringComparer.Ordinal);
        var versions = await Paged.AllAsync(token => from.Registry.SearchModelVersionsAsync(null, Paged.Size, null, token, cancellationToken));
        var found = new List<SourceModel>();
        foreach (var group in versions.GroupBy(version => version.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var own = group.Where(version => (version.RunId is { } run && runs.Contains(run)) || (version.ModelId is { } model && models.Contains(model)))
                .OrderBy(version => long.Parse(version.Version, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            if (own.Count == 0)
                continue;
            var whole = new List<ModelVersion>();
            foreach (var version in own)
                whole.Add(await from.Registry.GetModelVersionAsync(version.Name, version.Version, cancellationToken));
            found.Add(new(await from.Registry.GetRegisteredModelAsync(group.Key, cancellationToken), whole, group.Count() - own.Count));
        }

        return found;
    }
}
