using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

/// <summary>Registered models in the folder <c>models</c> of MLflow's file store. Whatever changes something holds the store's lock.</summary>
internal sealed partial class FileModelRegistryStore(FileStoreFolder root, FileTrackingStore tracking) : IModelRegistryStore
{
    private const string VersionPrefix = "version-";

    public void Dispose() => root.Dispose();

    private Task<T> ReadAsync<T>(Func<T> body, CancellationToken cancellationToken) => root.RunAsync(body, cancellationToken);

    private Task<T> WriteAsync<T>(Func<T> body, CancellationToken cancellationToken) => root.RunAsync(() => root.Locked(body), cancellationToken);

    private Task WriteAsync(Action body, CancellationToken cancellationToken) => root.RunAsync(() => root.Locked(body), cancellationToken);

    /// <summary>MLflow refuses a percent sign in the names of its file store, and then cannot list the others either.</summary>
    private static void CheckName(string name, string path = "name")
    {
        RegistryRules.CheckModelName(name, path);
        if (name.AsSpan().ContainsAny('%', '\\'))
            throw MlflowException.Invalid($"Invalid model name '{name}'. In a file store, names cannot contain '%' or '\\'.");
    }

    private string FolderOf(string name) => Path.Combine(root.ModelsPath, name);

    /// <summary>The folder of a registered model that there is.</summary>
    private string RequireModel(string name)
    {
        CheckName(name);
        var folder = FolderOf(name);
        return File.Exists(Path.Combine(folder, FileStoreFolder.MetaFile)) ? folder : throw ModelNotFound(name);
    }

    private static MlflowException ModelNotFound(string name) => MlflowException.Missing($"Registered Model with name={name} not found.");

    private IEnumerable<string> ModelFolders() => Directory.Exists(root.ModelsPath) ? Directory.EnumerateDirectories(root.ModelsPath) : [];

    private RegisteredModel ReadModel(string name) => TryReadModel(FolderOf(name)) ?? throw ModelNotFound(name);

    private static RegisteredModel? TryReadModel(string folder)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta)
            return null;
        var created = FileStoreFolder.ToTime(meta.Number("creation_timestamp")) ?? default;
        return new()
        {
            // The folder's name counts: a rename that was interrupted has not reached the files yet.
            Name = Path.GetFileName(folder),
            CreationTime = created,
            LastUpdatedTime = FileStoreFolder.ToTime(meta.Number("last_updated_timestamp")) ?? created,
            Description = NullIfEmpty(meta.Text("description")),
            Tags = KeyFiles.ReadAll(Path.Combine(folder, "tags")),
            Aliases = AliasesOf(folder),
            LatestVersions = LatestOf(folder),
        };
    }

    private static Dictionary<string, string> AliasesOf(string folder) =>
        KeyFiles.ReadAll(Path.Combine(folder, "aliases")).ToDictionary(alias => alias.Key, alias => alias.Value.Trim(), StringComparer.Ordinal);

    private static List<ModelVersion> LatestOf(string folder) =>
    [
        .. VersionsOf(folder).GroupBy(version => version.CurrentStage, StringComparer.Ordinal).Select(stage => stage.MaxBy(NumberOf)!).OrderBy(NumberOf),
    ];

    private static void Touch(string folder, long now) => Change(folder, now, static _ => { });

    /// <summary>Changes a registered model's file. As MLflow writes it, the aliases are in it too.</summary>
    private static void Change(string folder, long now, Action<YamlMap> change)
    {
        var meta = FileStoreFolder.ReadMeta(folder) ?? throw ModelNotFound(Path.GetFileName(folder));
        change(meta);
        meta["last_updated_timestamp"] = now;
        var aliases = new YamlMap();
        foreach (var (alias, version) in AliasesOf(folder))
            aliases[alias] = version;
        meta["aliases"] = aliases;
        FileStoreFolder.WriteMeta(folder, meta);
    }

    private static void SetTag(string folder, string key, string value)
    {
        var tags = Path.Combine(folder, "tags");
        StoreFile.Write(KeyFiles.PathOf(tags, key), value, folder);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
