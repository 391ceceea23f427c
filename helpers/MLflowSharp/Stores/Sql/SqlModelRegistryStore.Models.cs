using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlModelRegistryStore
{
    private const int MaxModelsPerPage = 1000;

    public Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckTags(tags);
        return WriteAsync(registry =>
        {
            var now = database.Now;
            var inserted = registry.Session.Execute(
                $"INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES ($1, $2, $3, $4) ON CONFLICT ({registry.KeyPrefix}name) DO NOTHING",
                name, now, now, description);
            if (inserted == 0)
                throw RegistryRules.AlreadyExists(registry.ReadModel(name), tags);
            foreach (var (key, value) in tags ?? new Dictionary<string, string>())
                SetModelTag(registry, name, key, value);
            return registry.ReadModel(name);
        }, cancellationToken);
    }

    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(newName, "new_name");
        RegistryRules.CheckModelName(name);
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            if (newName != name && registry.Session.Any($"SELECT 1 FROM registered_models WHERE {registry.Own()}name = $1", newName))
                throw RegistryRules.AlreadyExists(registry.ReadModel(newName), registry.ReadModel(name).Tags);
            var now = database.Now;
            // Versions, tags and aliases follow by ON UPDATE CASCADE.
            registry.Session.Execute($"UPDATE registered_models SET name = $1, last_updated_time = $2 WHERE {registry.Own()}name = $3", newName, now, name);
            registry.Session.Execute($"UPDATE model_versions SET last_updated_time = $1 WHERE {registry.Own()}name = $2", now, newName);
            return registry.ReadModel(newName);
        }, cancellationToken);
    }

    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        return WriteAsync(registry =>
        {
            var changed = registry.Session.Execute(
                $"UPDATE registered_models SET description = $1, last_updated_time = $2 WHERE {registry.Own()}name = $3", description, database.Now, name);
            return changed == 0 ? throw RegistrySession.ModelNotFound(name) : registry.ReadModel(name);
        }, cancellationToken);
    }

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            foreach (var table in (string[])["model_version_tags", "model_versions", "registered_model_aliases", "registered_model_tags", "registered_models"])
                registry.Session.Execute($"DELETE FROM {table} WHERE {registry.Own()}name = $1", name);
        }, cancellationToken);
    }

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        return ReadAsync(registry => registry.ReadModel(name), cancellationToken);
    }

    public Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckMaxResults(maxResults, MaxModelsPerPage);
        var parser = new SearchParser(SearchSchema.RegisteredModels);
        var clauses = parser.ParseFilter(filter);
        var orders = parser.ParseOrderBy(orderBy);
        var offset = PageToken.Offset(pageToken);
        return ReadAsync(registry =>
        {
            var search = new SqlSearch(database.Dialect);
            search.FilterRegisteredModels(clauses, registry);
            search.OrderRegisteredModels(orders);
            var sql = $"SELECT {RegistrySession.ModelColumns} FROM registered_models m WHERE {search.Where} ORDER BY {search.OrderBy} LIMIT {search.Add(maxResults + 1L)} OFFSET {search.Add(offset)}";
            var page = PageToken.Page(registry.Session.QueryBuilt(sql, RegistrySession.ToModel, search.Values), offset, maxResults);
            return new PagedList<RegisteredModel>([.. page.Select(model => registry.Complete(model, isFound: true))], page.Token);
        }, cancellationToken);
    }

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        string[] wanted = stages is { Count: > 0 } ? [.. stages.Select(RegistryRules.CanonicalStage)] : ModelStages.All;
        return ReadAsync<IReadOnlyList<ModelVersion>>(registry =>
        {
            registry.RequireModel(name);
            return [.. registry.ReadLatestVersions(name).Where(version => wanted.Contains(version.CurrentStage))];
        }, cancellationToken);
    }

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckTag(key, value);
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            SetModelTag(registry, name, key, value);
        }, cancellationToken);
    }

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        KeyRules.Check(key, "key");
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            registry.Session.Execute($"DELETE FROM registered_model_tags WHERE {registry.Own()}name = $1 AND key = $2", name, key);
        }, cancellationToken);
    }

    private static void SetModelTag(RegistrySession registry, string name, string key, string value) => registry.Session.Execute(
        $"INSERT INTO registered_model_tags (name, key, value) VALUES ($1, $2, $3) ON CONFLICT ({registry.KeyPrefix}key, name) DO UPDATE SET value = excluded.value",
        name, key, value);
}
