using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Context;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    private const int MaxDatasetSummaries = 1000;

    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        foreach (var input in datasets)
            EntityValidator.CheckDatasetInput(input);
        foreach (var model in models ?? [])
            CheckModelId(model.ModelId);
        return _root.RunAsync(() =>
        {
            if (models is { Count: > 0 })
                RequireLoggedModels();
            var folder = RequireActive(runId);
            foreach (var (dataset, tags) in datasets)
            {
                var id = Md5(dataset.Name + dataset.Digest);
                FileStoreFolder.TryCreateMeta(Path.Combine(Path.GetDirectoryName(folder)!, "datasets", id), new YamlMap
                {
                    ["digest"] = dataset.Digest,
                    ["name"] = dataset.Name,
                    ["profile"] = dataset.Profile,
                    ["schema"] = dataset.Schema,
                    ["source"] = dataset.Source,
                    ["source_type"] = dataset.SourceType,
                });
                // A second use of a dataset by the same run is dropped, tags included: MLflow keeps the first.
                AddInput(folder, runId, id, "DATASET", tags);
            }

            foreach (var model in models ?? [])
                AddInput(folder, runId, model.ModelId, "MODEL", []);
        }, cancellationToken);
    }

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        foreach (var model in models)
            CheckModelId(model.ModelId);
        return _root.RunAsync(() =>
        {
            RequireLoggedModels();
            var folder = RequireActive(runId);
            foreach (var model in models)
            {
                FileStoreFolder.TryCreateMeta(Path.Combine(folder, "outputs", model.ModelId), new YamlMap
                {
                    // As MLflow writes it: its reader takes the model from here, not the run.
                    ["destination_id"] = model.ModelId,
                    ["destination_type"] = "MODEL_OUTPUT",
                    ["source_id"] = model.ModelId,
                    ["source_type"] = "RUN_OUTPUT",
                    ["step"] = model.Step,
                    ["tags"] = new YamlMap(),
                });
            }
        }, cancellationToken);
    }

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) =>
        _root.RunAsync<IReadOnlyList<DatasetSummary>>(() =>
        [
            .. experimentIds.Distinct()
                .SelectMany(id => Runs(FolderOf(id), cancellationToken).SelectMany(run => run.Datasets.Select(input => new DatasetSummary(
                    id, input.Dataset.Name, input.Dataset.Digest, input.Tags.FirstOrDefault(tag => tag.Key == SystemTags.DatasetContext)?.Value))))
                .Distinct()
                .OrderBy(summary => summary.ExperimentId, StringComparer.Ordinal).ThenBy(summary => summary.Name, StringComparer.Ordinal)
                .ThenBy(summary => summary.Digest, StringComparer.Ordinal).ThenBy(summary => summary.Context, StringComparer.Ordinal)
                .Take(MaxDatasetSummaries),
        ], cancellationToken);

    /// <summary>What a run used, in the order in which it was logged.</summary>
    internal RunInputs ReadInputs(string runFolder)
    {
        var (datasets, models) = (new List<DatasetInput>(), new List<LoggedModelInput>());
        foreach (var (meta, folder) in Links(runFolder, "inputs"))
        {
            var id = meta.Text("source_id") ?? "";
            if (meta.Text("source_type") == "MODEL")
            {
                models.Add(new(id));
            }
            else if (Path.GetFileName(id) == id && ReadDataset(Path.Combine(Path.GetDirectoryName(runFolder)!, "datasets", id)) is { } dataset)
            {
                datasets.Add(new(dataset, [.. meta.Texts("tags").Select(tag => new InputTag(tag.Key, tag.Value))]));
            }
            else
            {
                _root.Warn($"Left out: '{folder}' names the dataset '{id}', which the experiment does not have.");
            }
        }

        return new(datasets) { ModelInputs = models };
    }

    internal static RunOutputs ReadOutputs(string runFolder) =>
        new([.. Links(runFolder, "outputs").Select(link => new LoggedModelOutput(link.Meta.Text("destination_id") ?? "", link.Meta.Number("step") ?? 0))]);

    private static IEnumerable<(YamlMap Meta, string Folder)> Links(string runFolder, string kind)
    {
        var parent = Path.Combine(runFolder, kind);
        if (!Directory.Exists(parent))
            return [];
        return Directory.EnumerateDirectories(parent)
            .OrderBy(folder => File.GetLastWriteTimeUtc(Path.Combine(folder, FileStoreFolder.MetaFile))).ThenBy(folder => folder, StringComparer.Ordinal)
            .Select(folder => (Meta: FileStoreFolder.ReadMeta(folder)!, folder)).Where(link => link.Meta is not null);
    }

    private static Dataset? ReadDataset(string folder) => FileStoreFolder.ReadMeta(folder) is { } meta
        ? new(meta.Text("name") ?? "", meta.Text("digest") ?? "", meta.Text("source_type") ?? "", meta.Text("source") ?? "", meta.Text("schema"), meta.Text("profile"))
        : null;

    private static void AddInput(string runFolder, string runId, string sourceId, string sourceType, IReadOnlyList<InputTag> tags)
    {
        var map = new YamlMap();
        foreach (var tag in tags)
            map[tag.Key] = tag.Value;
        FileStoreFolder.TryCreateMeta(Path.Combine(runFolder, "inputs", Md5(sourceId + runId)), new YamlMap
        {
            // MLflow writes the source here too, and not the run.
            ["destination_id"] = sourceId,
            ["destination_type"] = "RUN",
            ["source_id"] = sourceId,
            ["source_type"] = sourceType,
            ["tags"] = map,
        });
    }

    // MLflow names the folders so; nothing has to be kept safe by it.
#pragma warning disable CA5351
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
