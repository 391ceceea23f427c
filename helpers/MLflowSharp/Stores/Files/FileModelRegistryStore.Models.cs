using MLflowSharp.Search;
using MLflowSharp.Search.InMemory;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileModelRegistryStore
{
    private const int MaxModelsPerPage = 1000;

    public Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        RegistryRules.CheckTags(tags);
        return WriteAsync(() =>
        {
            var folder = FolderOf(name);
            KeyFiles.Check(root.ModelsPath, name, isFolder: true);
            foreach (var key in tags?.Keys ?? [])
                KeyFiles.Check(Path.Combine(folder, "tags"), key);
            Directory.CreateDirectory(root.ModelsPath);
            // The file first: MLflow cannot list the models while one has none.
            if (!StoreFile.TryCreate(Path.Combine(folder, FileStoreFolder.MetaFile), YamlWriter.Write(RegistryMeta.OfModel(name, description, root.Now, root.Options.DatabaseVersion)), root.ModelsPath))
                throw RegistryRules.AlreadyExists(ReadModel(name), tags);
            foreach (var (key, value) in tags ?? new Dictionary<string, string>())
                SetTag(folder, key, value);
            return ReadModel(name);
        }, cancellationToken);
    }

    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        CheckName(newName, "new_name");
        return WriteAsync(() =>
        {
            var (folder, newFolder) = (RequireModel(name), FolderOf(newName));
            if (newName != name && Path.Exists(newFolder))
                throw RegistryRules.AlreadyExists(ReadModel(newName), ReadModel(name).Tags);
            KeyFiles.Check(root.ModelsPath, newName, isFolder: true);
            var now = root.Now;
            if (newName != name)
                Directory.Move(folder, newFolder);
            foreach (var version in VersionFolders(newFolder))
            {
                ChangeVersion(version, now, meta => meta["name"] = newName);
            }

            Change(newFolder, now, meta => meta["name"] = newName);
            return ReadModel(newName);
        }, cancellationToken);
    }

    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default) => WriteAsync(() =>
    {
        Change(RequireModel(name), root.Now, meta => meta["description"] = description);
        return ReadModel(name);
    }, cancellationToken);

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        WriteAsync(() => Directory.Delete(RequireModel(name), recursive: true), cancellationToken);

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default) => ReadAsync(() =>
    {
        CheckName(name);
        return ReadModel(name);
    }, cancellationToken);

    public Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckMaxResults(maxResults, MaxModelsPerPage);
        var parser = new SearchParser(SearchSchema.RegisteredModels);
        var (hidePrompts, clauses) = SearchSchema.WithoutPrompts(parser.ParseFilter(filter));
        var orders = parser.ParseOrderBy(orderBy).ToList();
        if (!orders.Exists(order => order.Key == "name"))
            orders.Add(new(SearchEntity.Attribute, "name", Ascending: true));
        return ReadAsync(() =>
        {
            var models = ModelFolders().Select(TryReadModel).OfType<RegisteredModel>().Where(model => !hidePrompts || !IsPrompt(model.Tags)).Select(model => new ModelSubject(model)).ToList();
            var page = SearchPage.Of(models, clauses, orders, maxResults, pageToken, cancellationToken);
            return new PagedList<RegisteredModel>([.. page.Select(subject => subject.Model)], page.Token);
        }, cancellationToken);
    }

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default)
    {
        string[] wanted = stages is { Count: > 0 } ? [.. stages.Select(RegistryRules.CanonicalStage)] : ModelStages.All;
        return ReadAsync<IReadOnlyList<ModelVersion>>(() => LatestOf(RequireModel(name)).FindAll(version => wanted.Contains(version.CurrentStage)), cancellationToken);
    }

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckTag(key, value);
        return WriteAsync(() =>
        {
            var folder = RequireModel(name);
            KeyFiles.Check(Path.Combine(folder, "tags"), key);
            SetTag(folder, key, value);
            Touch(folder, root.Now);
        }, cancellationToken);
    }

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default)
    {
        KeyRules.Check(key, "key");
        return WriteAsync(() =>
        {
            var folder = RequireModel(name);
            if (StoreFile.TryDelete(KeyFiles.PathOf(Path.Combine(folder, "tags"), key)))
                Touch(folder, root.Now);
        }, cancellationToken);
    }

    private static bool IsPrompt(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(SearchSchema.PromptTag) == "true";

    /// <summary>A registered model as a search sees it.</summary>
    private sealed class ModelSubject(RegisteredModel model) : SearchSubject
    {
        public RegisteredModel Model { get; } = model;

        public override object? Attribute(string key) => key == "name" ? Model.Name : Model.LastUpdatedTime.ToUnixTimeMilliseconds();

        public override string? Tag(string key) => Model.Tags.GetValueOrDefault(key);
    }
}
