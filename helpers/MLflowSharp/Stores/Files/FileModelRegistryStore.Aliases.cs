using System.Globalization;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileModelRegistryStore
{
    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        RegistryRules.CheckNewAlias(alias);
        var number = RegistryRules.CheckVersion(version);
        return WriteAsync(() =>
        {
            RequireVersion(name, number);
            var folder = FolderOf(name);
            var aliases = Path.Combine(folder, "aliases");
            KeyFiles.Check(aliases, alias);
            StoreFile.Write(Path.Combine(aliases, alias), number.ToString(CultureInfo.InvariantCulture), folder);
            Touch(folder, root.Now);
        }, cancellationToken);
    }

    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckAlias(alias);
        return WriteAsync(() =>
        {
            var folder = RequireModel(name);
            if (StoreFile.TryDelete(Path.Combine(folder, "aliases", alias)))
                Touch(folder, root.Now);
        }, cancellationToken);
    }

    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckAlias(alias);
        return ReadAsync(() => ReadVersion(name, NumberOf(name, alias)), cancellationToken);
    }

    private long NumberOf(string name, string alias)
    {
        var folder = RequireModel(name);
        if (RegistryRules.IsLatest(alias))
            return Newest(name, stage: null);
        return AliasesOf(folder).TryGetValue(alias, out var version)
            ? RegistryRules.CheckVersion(version)
            : throw MlflowException.Invalid($"Registered model alias {alias} not found.");
    }

    private long Newest(string name, string? stage)
    {
        var canonical = stage is null ? null : RegistryRules.CanonicalStage(stage);
        return VersionsOf(RequireModel(name)).Where(version => canonical is null || version.CurrentStage == canonical).Select(version => (long?)NumberOf(version)).Max()
            ?? throw MlflowException.Missing(stage is null
                ? $"Latest version not found for model {name}. It has no version yet: create one with RegisterModel."
                : $"No versions of model with name '{name}' and stage '{stage}' found.");
    }
}
