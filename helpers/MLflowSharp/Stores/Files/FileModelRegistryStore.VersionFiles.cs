using System.Globalization;
using MLflowSharp.Registry;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileModelRegistryStore
{
    private static string MetaOf(string modelFolder, long number) =>
        Path.Combine(modelFolder, string.Create(CultureInfo.InvariantCulture, $"{VersionPrefix}{number}"), FileStoreFolder.MetaFile);

    private static IEnumerable<string> VersionFolders(string modelFolder) =>
        Directory.EnumerateDirectories(modelFolder, $"{VersionPrefix}*").Where(folder => NumberOfFolder(folder) > 0);

    private static long NumberOfFolder(string folder) =>
        long.TryParse(Path.GetFileName(folder).AsSpan(VersionPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long NumberOf(ModelVersion version) => long.Parse(version.Version, CultureInfo.InvariantCulture);

    /// <summary>All versions of a model that are not deleted.</summary>
    private static List<ModelVersion> VersionsOf(string modelFolder)
    {
        var aliases = AliasesOf(modelFolder);
        return [.. VersionFolders(modelFolder).Select(folder => TryReadVersion(folder, aliases)).OfType<ModelVersion>()];
    }

    private void RequireVersion(string name, long number) => _ = ReadVersion(name, number);

    private ModelVersion ReadVersion(string name, long number)
    {
        var folder = RequireModel(name);
        return TryReadVersion(Path.GetDirectoryName(MetaOf(folder, number))!, AliasesOf(folder))
            ?? throw MlflowException.Missing(FormattableString.Invariant($"Model Version (name={name}, version={number}) not found."));
    }

    private static ModelVersion? TryReadVersion(string folder, Dictionary<string, string> aliases)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta || meta.Text("current_stage") == ModelStages.Deleted)
            return null;
        var number = NumberOfFolder(folder).ToString(CultureInfo.InvariantCulture);
        var created = FileStoreFolder.ToTime(meta.Number("creation_timestamp")) ?? default;
        var source = NullIfEmpty(meta.Text("source"));
        return new()
        {
            Name = Path.GetFileName(Path.GetDirectoryName(folder)!),
            Version = number,
            CreationTime = created,
            LastUpdatedTime = FileStoreFolder.ToTime(meta.Number("last_updated_timestamp")) ?? created,
            UserId = NullIfEmpty(meta.Text("user_id")),
            CurrentStage = NullIfEmpty(meta.Text("current_stage")) ?? ModelStages.None,
            Description = NullIfEmpty(meta.Text("description")),
            Source = source,
            RunId = NullIfEmpty(meta.Text("run_id")),
            RunLink = NullIfEmpty(meta.Text("run_link")),
            Status = ModelVersionStatusText.Parse(meta.Text("status")),
            StatusMessage = NullIfEmpty(meta.Text("status_message")),
            ModelId = NullIfEmpty(meta.Text("model_id")) ?? (source is not null && ModelUri.Matches(source) ? ModelUri.Parse(source).ModelId : null),
            Tags = KeyFiles.ReadAll(Path.Combine(folder, "tags")),
            Aliases = [.. aliases.Where(alias => alias.Value == number).Select(alias => alias.Key).Order(StringComparer.Ordinal)],
        };
    }

    private string DownloadUri(string name, long number)
    {
        RequireVersion(name, number);
        var meta = FileStoreFolder.ReadMeta(Path.GetDirectoryName(MetaOf(FolderOf(name), number))!);
        return (NullIfEmpty(meta?.Text("storage_location")) ?? NullIfEmpty(meta?.Text("source"))) is { } location
            ? MovedLocation.ResolveAny(location, root.FullName)
            : throw MlflowException.Missing(FormattableString.Invariant($"Version {number} of '{name}' does not say where its files are."));
    }

    private static void ChangeVersion(string folder, long now, Action<YamlMap> change)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta)
            return;
        change(meta);
        meta["last_updated_timestamp"] = now;
        FileStoreFolder.WriteMeta(folder, meta);
    }
}
