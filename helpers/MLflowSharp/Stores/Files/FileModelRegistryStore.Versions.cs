using System.Globalization;
using MLflowSharp.Registry;
using MLflowSharp.Search;
using MLflowSharp.Search.InMemory;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileModelRegistryStore
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
        CheckName(name);
        RegistryRules.CheckTags(tags);
        var uri = ModelUri.OfSource(source);
        return WriteAsync(() =>
        {
            var folder = RequireModel(name);
            var (location, run) = Locate(source, uri, runId, modelId);
            foreach (var key in tags?.Keys ?? [])
                KeyFiles.Check(Path.Combine(folder, $"{VersionPrefix}1", "tags"), key);
            var now = root.Now;
            var version = new ModelVersion
            {
                Name = name, Version = "", CreationTime = default, LastUpdatedTime = default, Description = description, Source = source, RunId = run, RunLink = runLink,
                ModelId = NullIfEmpty(modelId),
            };
            Touch(folder, now);
            // Deleted versions count: their numbers are not given again. Should a program that does not know our lock take the number first, the next one is taken.
            var number = VersionFolders(folder).Select(NumberOfFolder).Append(0).Max() + 1;
            while (!StoreFile.TryCreate(MetaOf(folder, number), Yaml.YamlWriter.Write(RegistryMeta.OfVersion(version, number, location, now, root.Options.DatabaseVersion)), folder))
                number++;
            foreach (var (key, value) in tags ?? new Dictionary<string, string>())
                SetTag(Path.GetDirectoryName(MetaOf(folder, number))!, key, value);
            return ReadVersion(name, number);
        }, cancellationToken);
    }

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, version, (folder, number) =>
        {
            ChangeVersion(folder, root.Now, meta => meta["description"] = description);
            return ReadVersion(name, number);
        }, cancellationToken);

    public Task<ModelVersion> TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default)
    {
        var canonical = RegistryRules.CheckTransition(stage, archiveExistingVersions);

        return ChangeAsync(name, version, (folder, number) =>
        {
            var now = root.Now;
            foreach (var other in archiveExistingVersions ? VersionsOf(FolderOf(name)).FindAll(other => other.CurrentStage == canonical && NumberOf(other) != number) : [])
                ChangeVersion(Path.GetDirectoryName(MetaOf(FolderOf(name), NumberOf(other)))!, now, meta => meta["current_stage"] = ModelStages.Archived);
            ChangeVersion(folder, now, meta => meta["current_stage"] = canonical);
            Touch(FolderOf(name), now);
            return ReadVersion(name, number);
        }, cancellationToken);
    }

    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, version, (folder, number) =>
        {
            var now = root.Now;
            // As in MLflow the folder stays, so that the number is not given again.
            ChangeVersion(folder, now, meta => meta["current_stage"] = ModelStages.Deleted);
            foreach (var (alias, _) in AliasesOf(FolderOf(name)).Where(alias => alias.Value == number.ToString(CultureInfo.InvariantCulture)))
                File.Delete(Path.Combine(FolderOf(name), "aliases", alias));
            Touch(FolderOf(name), now);
            return true;
        }, cancellationToken);

    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        var number = RegistryRules.CheckVersion(version);
        return ReadAsync(() => ReadVersion(name, number), cancellationToken);
    }

    public Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        var number = RegistryRules.CheckVersion(version);
        return ReadAsync(() => DownloadUri(name, number), cancellationToken);
    }

    public Task<PagedList<ModelVersion>> SearchModelVersionsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckMaxResults(maxResults, MaxVersionsPerPage);
        var parser = new SearchParser(SearchSchema.ModelVersions);
        var (hidePrompts, clauses) = SearchSchema.WithoutPrompts(parser.ParseFilter(filter));
        var orders = parser.ParseOrderBy(orderBy).ToList();
        if (orders.Count == 0)
            orders.Add(new(SearchEntity.Attribute, "last_updated_timestamp", Ascending: false));
        foreach (var (key, ascending) in ((string, bool)[])[("name", true), ("version_number", false)])
        {
            if (!orders.Exists(order => order.Key == key))
                orders.Add(new(SearchEntity.Attribute, key, ascending));
        }

        return ReadAsync(() =>
        {
            var versions = ModelFolders().Where(folder => File.Exists(Path.Combine(folder, FileStoreFolder.MetaFile))).Select(VersionsOf)
                .Where(ofModel => !hidePrompts || !ofModel.Exists(version => IsPrompt(version.Tags)))
                .SelectMany(ofModel => ofModel).Select(version => new VersionSubject(version)).ToList();
            var page = SearchPage.Of(versions, clauses, orders, maxResults, pageToken, cancellationToken);
            return new PagedList<ModelVersion>([.. page.Select(subject => subject.Version)], page.Token);
        }, cancellationToken);
    }

    public Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckTag(key, value);
        return ChangeAsync(name, version, (folder, _) =>
        {
            KeyFiles.Check(Path.Combine(folder, "tags"), key);
            SetTag(folder, key, value);
            Touch(FolderOf(name), root.Now);
            return true;
        }, cancellationToken);
    }

    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default)
    {
        KeyRules.Check(key, "key");
        return ChangeAsync(name, version, (folder, _) =>
        {
            if (StoreFile.TryDelete(KeyFiles.PathOf(Path.Combine(folder, "tags"), key)))
                Touch(FolderOf(name), root.Now);
            return true;
        }, cancellationToken);
    }

    /// <summary>Does something with the folder and the number of a version that there is.</summary>
    private Task<T> ChangeAsync<T>(string name, string version, Func<string, long, T> change, CancellationToken cancellationToken)
    {
        CheckName(name);
        var number = RegistryRules.CheckVersion(version);
        return WriteAsync(() =>
        {
            RequireVersion(name, number);
            return change(Path.GetDirectoryName(MetaOf(FolderOf(name), number))!, number);
        }, cancellationToken);
    }

    /// <summary>Where the files are and which run made them, as MLflow finds out from the source and the logged model.</summary>
    private (string Location, string? RunId) Locate(string source, ModelUri? uri, string? runId, string? modelId)
    {
        var location = source;
        var run = NullIfEmpty(runId);
        if (uri?.ModelId is { } sourceModel)
        {
            var model = tracking.ReadLoggedModel(sourceModel);
            location = model.ArtifactLocation;
            run ??= model.SourceRunId;
        }
        else if (uri is not null)
        {
            var number = uri.Version is { } version ? long.Parse(version, CultureInfo.InvariantCulture)
                : uri.Alias is { } alias ? NumberOf(uri.Name, alias)
                : Newest(uri.Name, uri.Stage);
            location = DownloadUri(uri.Name, number);
        }

        if (run is null && !string.IsNullOrEmpty(modelId))
            run = tracking.ReadLoggedModel(modelId).SourceRunId;
        return (location, run);
    }

    /// <summary>A registered version as a search sees it.</summary>
    private sealed class VersionSubject(ModelVersion version) : SearchSubject
    {
        public ModelVersion Version { get; } = version;

        public override object? Attribute(string key) => key switch
        {
            "name" => Version.Name,
            "run_id" => Version.RunId,
            "source_path" => Version.Source,
            "version_number" => NumberOf(Version),
            "creation_timestamp" => Version.CreationTime.ToUnixTimeMilliseconds(),
            _ => Version.LastUpdatedTime.ToUnixTimeMilliseconds(),
        };

        public override string? Tag(string key) => Version.Tags.GetValueOrDefault(key);
    }
}
