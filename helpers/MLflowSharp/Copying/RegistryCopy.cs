namespace MLflowSharp.Copying;

/// <summary>Copies registered models.</summary>
internal sealed class RegistryCopy(CopyEnd to, IdentifierMap map, CopyReport report, Action<string> tell)
{
    /// <summary>Copies a model with the versions that belong to what was copied.</summary>
    public async Task CopyAsync(SourceModel source, CancellationToken cancellationToken)
    {
        var model = source.Model;
        await to.Registry.CreateRegisteredModelAsync(model.Name, Translate(model.Tags), model.Description, cancellationToken);
        report.RegisteredModels++;
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var version in source.Versions)
            numbers[version.Version] = await CopyAsync(version, cancellationToken);
        foreach (var (alias, version) in model.Aliases.Where(alias => numbers.ContainsKey(alias.Value)))
            await to.Registry.SetRegisteredModelAliasAsync(model.Name, alias, numbers[version], cancellationToken);
        var moved = numbers.Where(number => number.Key != number.Value).Select(number => $"{number.Key} is now {number.Value}").ToList();
        tell($"Registered model {model.Name}: {numbers.Count} versions{(moved.Count > 0 ? $" (version {string.Join(", ", moved)})" : "")}{(source.Left > 0 ? $"; {source.Left} of other experiments were left out" : "")}.");
    }

    private async Task<string> CopyAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var copy = await to.Registry.CreateModelVersionAsync(
            version.Name, map.Source(version.Source ?? ""), map.Run(version.RunId), Translate(version.Tags), version.RunLink, version.Description, map.Model(version.ModelId), cancellationToken);
        if (version.CurrentStage != "None")
            await to.Registry.TransitionModelVersionStageAsync(version.Name, copy.Version, version.CurrentStage, archiveExistingVersions: false, cancellationToken);
        var found = await to.Registry.GetModelVersionAsync(version.Name, copy.Version, cancellationToken);
        if (found.RunId != map.Run(version.RunId) || (found.Description ?? "") != (version.Description ?? "") || found.CurrentStage != version.CurrentStage
            || Translate(version.Tags).Any(tag => found.Tags.GetValueOrDefault(tag.Key) != tag.Value))
        {
            throw new MlflowException($"The copy of version {version.Version} of '{version.Name}' does not read back as it was.", ErrorCode.DataLoss);
        }

        report.Versions++;
        return copy.Version;
    }

    private Dictionary<string, string> Translate(IReadOnlyDictionary<string, string> tags) => tags.ToDictionary(tag => tag.Key, tag => map.Translate(tag.Value), StringComparer.Ordinal);
}
