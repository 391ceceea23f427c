using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlModelRegistryStore
{
    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckNewAlias(alias);
        var number = RegistryRules.CheckVersion(version);
        return WriteAsync(registry =>
        {
            registry.RequireVersion(name, number);
            registry.Session.Execute(
                "INSERT INTO registered_model_aliases (name, alias, version) VALUES ($1, $2, $3) "
                + $"ON CONFLICT ({registry.KeyPrefix}name, alias) DO UPDATE SET version = excluded.version",
                name, alias, number);
        }, cancellationToken);
    }

    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckAlias(alias);
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            registry.Session.Execute($"DELETE FROM registered_model_aliases WHERE {registry.Own()}name = $1 AND alias = $2", name, alias);
        }, cancellationToken);
    }

    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckAlias(alias);
        return ReadAsync(registry => registry.ReadVersion(name, NumberOf(registry, name, alias)), cancellationToken);
    }

    private static long NumberOf(RegistrySession registry, string name, string alias)
    {
        registry.RequireModel(name);
        if (RegistryRules.IsLatest(alias))
            return Newest(registry, name, stage: null);
        return registry.Session.Number($"SELECT version FROM registered_model_aliases WHERE {registry.Own()}name = $1 AND alias = $2", name, alias)
            ?? throw MlflowException.Invalid($"Registered model alias {alias} not found.");
    }

    private static long Newest(RegistrySession registry, string name, string? stage)
    {
        var condition = stage is null ? $"current_stage <> '{ModelStages.Deleted}'" : $"current_stage = '{RegistryRules.CanonicalStage(stage)}'";
        return registry.Session.Number($"SELECT max(version) FROM model_versions WHERE {registry.Own()}name = $1 AND {condition}", name)
            ?? throw MlflowException.Missing(stage is null
                ? $"Latest version not found for model {name}. It has no version yet: create one with RegisterModel."
                : $"No versions of model with name '{name}' and stage '{stage}' found.");
    }
}
