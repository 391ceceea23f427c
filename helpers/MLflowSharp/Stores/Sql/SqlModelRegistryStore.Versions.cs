using System.Globalization;
using MLflowSharp.Registry;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlModelRegistryStore
{
    private const int MaxVersionsPerPage = 200_000;

    public Task<ModelVersion> CreateModelVersionAsync(
        string name,
        string source,
        string? runId,
        IReadOnlyDictionary<string, string>? tags,
        string? runLink,
        string? description,
        string? modelId,
        CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        RegistryRules.CheckTags(tags);
        var uri = ModelUri.OfSource(source);
        return WriteAsync(registry =>
        {
            registry.RequireModel(name);
            var (location, run) = Locate(registry, source, uri, runId, modelId);
            var now = database.Now;
            // First, because the row is then ours until the transaction ends, and nobody else can give the same number.
            registry.Session.Execute($"UPDATE registered_models SET last_updated_time = $1 WHERE {registry.Own()}name = $2", now, name);
            // Deleted versions count: their numbers are not given again.
            var version = 1 + (registry.Session.Number($"SELECT max(version) FROM model_versions WHERE {registry.Own()}name = $1", name) ?? 0);
            registry.Session.Execute(
                "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, current_stage, source, storage_location, run_id, run_link, status) "
                + "VALUES ($1, $2, $3, $4, $5, 'None', $6, $7, $8, $9, 'READY')",
                name, version, now, now, description, source, location, run, runLink);
            foreach (var (key, value) in tags ?? new Dictionary<string, string>())
                SetVersionTag(registry, name, version, key, value);
            return registry.ReadVersion(name, version);
        }, cancellationToken);
    }

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, version, (registry, number) =>
        {
            registry.Session.Execute(
                $"UPDATE model_versions SET description = $1, last_updated_time = $2 WHERE {registry.Own()}name = $3 AND version = $4", description, database.Now, name, number);
            return registry.ReadVersion(name, number);
        }, cancellationToken);

    public Task<ModelVersion> TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default)
    {
        var canonical = RegistryRules.CheckTransition(stage, archiveExistingVersions);

        return ChangeAsync(name, version, (registry, number) =>
        {
            var now = database.Now;
            if (archiveExistingVersions)
            {
                registry.Session.Execute(
                    $"UPDATE model_versions SET current_stage = '{ModelStages.Archived}', last_updated_time = $1 WHERE {registry.Own()}name = $2 AND version <> $3 AND current_stage = $4",
                    now, name, number, canonical);
            }

            registry.Session.Execute(
                $"UPDATE model_versions SET current_stage = $1, last_updated_time = $2 WHERE {registry.Own()}name = $3 AND version = $4", canonical, now, name, number);
            Touch(registry, name, now);
            return registry.ReadVersion(name, number);
        }, cancellationToken);
    }

    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, version, (registry, number) =>
        {
            var now = database.Now;
            registry.Session.Execute($"DELETE FROM registered_model_aliases WHERE {registry.Own()}name = $1 AND version = $2", name, number);
            // As in MLflow the row stays, without what it said, so that the number is not given again.
            registry.Session.Execute(
                $"UPDATE model_versions SET current_stage = '{ModelStages.Deleted}', last_updated_time = $1, description = NULL, user_id = NULL, "
                + "source = 'REDACTED-SOURCE-PATH', run_id = 'REDACTED-RUN-ID', run_link = 'REDACTED-RUN-LINK', status_message = NULL "
                + $"WHERE {registry.Own()}name = $2 AND version = $3",
                now, name, number);
            Touch(registry, name, now);
            return true;
        }, cancellationToken);

    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        var number = RegistryRules.CheckVersion(version);
        return ReadAsync(registry => registry.ReadVersion(name, number), cancellationToken);
    }

    public Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckModelName(name);
        var number = RegistryRules.CheckVersion(version);
        return ReadAsync(registry => DownloadUri(registry, name, number), cancellationToken);
    }

    public Task<PagedList<ModelVersion>> SearchModelVersionsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckMaxResults(maxResults, MaxVersionsPerPage);
        var parser = new SearchParser(SearchSchema.ModelVersions);
        var clauses = parser.ParseFilter(filter);
        var orders = parser.ParseOrderBy(orderBy);
        var offset = PageToken.Offset(pageToken);
        return ReadAsync(registry =>
        {
            var search = new SqlSearch(database.Dialect);
            search.FilterModelVersions(clauses, registry);
            search.OrderModelVersions(orders);
            var sql = $"SELECT {RegistrySession.VersionColumns} FROM model_versions v WHERE {search.Where} ORDER BY {search.OrderBy} LIMIT {search.Add(maxResults + 1L)} OFFSET {search.Add(offset)}";
            var page = PageToken.Page(registry.Session.QueryBuilt(sql, RegistrySession.ToVersion, search.Values), offset, maxResults);
            return new PagedList<ModelVersion>([.. page.Select(registry.Complete)], page.Token);
        }, cancellationToken);
    }

    public Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckTag(key, value);
        return ChangeAsync(name, version, (registry, number) =>
        {
            SetVersionTag(registry, name, number, key, value);
            return true;
        }, cancellationToken);
    }

    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default)
    {
        KeyRules.Check(key, "key");
        return ChangeAsync(
            name, version,
            (registry, number) => registry.Session.Execute($"DELETE FROM model_version_tags WHERE {registry.Own()}name = $1 AND version = $2 AND key = $3", name, number, key),
            cancellationToken);
    }

    private Task<T> ChangeAsync<T>(string name, string version, Func<RegistrySession, long, T> change, CancellationToken cancellationToken)
    {
        RegistryRules.CheckModelName(name);
        var number = RegistryRules.CheckVersion(version);
        return WriteAsync(registry =>
        {
            registry.RequireVersion(name, number);
            return change(registry, number);
        }, cancellationToken);
    }

    /// <summary>Where the files are and which run made them, as MLflow finds out from the source and the logged model.</summary>
    private (string Location, string? RunId) Locate(RegistrySession registry, string source, ModelUri? uri, string? runId, string? modelId)
    {
        var location = source;
        var run = NullIfEmpty(runId);
        if (uri?.ModelId is { } sourceModel)
        {
            var model = OfLoggedModel(registry, sourceModel);
            location = model.Location;
            run ??= model.RunId;
        }
        else if (uri is not null)
        {
            location = DownloadUri(registry, uri.Name, NumberOf(registry, uri));
        }

        if (run is null && !string.IsNullOrEmpty(modelId))
            run = OfLoggedModel(registry, modelId).RunId;
        return (location, run);
    }

    private (string Location, string? RunId) OfLoggedModel(RegistrySession registry, string modelId)
    {
        SqlTrackingStore.RequireLoggedModels(database);
        return registry.Session.Query(
            "SELECT artifact_location, source_run_id FROM logged_models WHERE model_id = $1 AND lifecycle_stage = 'active'",
            row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), modelId) is [var found]
            ? found
            : throw SqlTrackingStore.NoLoggedModel(modelId);
    }

    private static long NumberOf(RegistrySession registry, ModelUri uri) =>
        uri.Version is { } version ? long.Parse(version, CultureInfo.InvariantCulture)
        : uri.Alias is { } alias ? NumberOf(registry, uri.Name, alias)
        : Newest(registry, uri.Name, uri.Stage);

    private static string DownloadUri(RegistrySession registry, string name, long number)
    {
        registry.RequireVersion(name, number);
        return registry.Session.Text(
            $"SELECT coalesce(nullif(storage_location, ''), source) FROM model_versions WHERE {registry.Own()}name = $1 AND version = $2", name, number)
            ?? throw MlflowException.Missing(FormattableString.Invariant($"Version {number} of '{name}' does not say where its files are."));
    }

    private static void SetVersionTag(RegistrySession registry, string name, long version, string key, string value) => registry.Session.Execute(
        "INSERT INTO model_version_tags (name, version, key, value) VALUES ($1, $2, $3, $4) "
        + $"ON CONFLICT ({registry.KeyPrefix}key, name, version) DO UPDATE SET value = excluded.value",
        name, version, key, value);

    private static void Touch(RegistrySession registry, string name, long now) =>
        registry.Session.Execute($"UPDATE registered_models SET last_updated_time = $1 WHERE {registry.Own()}name = $2", now, name);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
