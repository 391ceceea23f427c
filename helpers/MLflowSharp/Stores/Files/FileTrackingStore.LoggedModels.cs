using System.Text.RegularExpressions;
using MLflowSharp.Artifacts;
using MLflowSharp.Registry;
using MLflowSharp.Search;
using MLflowSharp.Search.InMemory;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    public Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId,
        string? name,
        string? sourceRunId,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? parameters,
        string? modelType,
        CancellationToken cancellationToken = default)
    {
        name = string.IsNullOrEmpty(name) ? NewRunName() : name;
        RegistryRules.CheckLoggedModelName(name);
        var items = CheckItems(tags, parameters);
        return _root.RunAsync(() =>
        {
            RequireLoggedModels();
            var experiment = ReadExperiment(experimentId);
            RequireActive(experiment);
            var modelId = $"m-{NewIdentifier()}";
            var folder = Path.Combine(_root.FullName, experimentId, "models", modelId);
            foreach (var part in (string[])["metrics", "params"])
                Directory.CreateDirectory(Path.Combine(folder, part));
            AddParams(modelId, folder, CheckParams(modelId, folder, items.Params));
            WriteModelTags(folder, items.Tags);
            var now = _root.Now;
            FileStoreFolder.TryCreateMeta(folder, new YamlMap
            {
                ["artifact_location"] = ArtifactUri.Append(experiment.ArtifactLocation, $"models/{modelId}/artifacts"),
                ["creation_timestamp"] = now,
                ["experiment_id"] = experimentId,
                ["last_updated_timestamp"] = now,
                ["lifecycle_stage"] = "active",
                ["model_id"] = modelId,
                ["model_type"] = modelType,
                ["name"] = name,
                ["source_run_id"] = sourceRunId,
                ["status"] = (long)LoggedModelStatus.Pending,
                ["status_message"] = null,
            });
            return ReadLoggedModel(modelId);
        }, cancellationToken);
    }

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => ReadLoggedModel(modelId), cancellationToken);

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default)
    {
        if (status is not (LoggedModelStatus.Pending or LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed))
            throw MlflowException.Invalid($"Invalid model status {status}. Use Ready, or UploadFailed when the files could not be written.");
        return _root.RunAsync(() => _root.Locked(() =>
        {
            ChangeModel(modelId, meta =>
            {
                // MLflow drops this line here: only a deleted model has it.
                meta.Remove("lifecycle_stage");
                meta["status"] = (long)status;
            });
            return ReadLoggedModel(modelId);
        }), cancellationToken);
    }

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => _root.Locked(() => ChangeModel(modelId, meta => meta["lifecycle_stage"] = "deleted")), cancellationToken);

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        var items = CheckItems(tags, null);
        return _root.RunAsync(() => WriteModelTags(FindModel(modelId).Folder, items.Tags), cancellationToken);
    }

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() =>
        {
            if (KeyFiles.TryPathOf(Path.Combine(FindModel(modelId).Folder, "tags"), key) is not { } path || !StoreFile.TryDelete(path))
                throw MlflowException.Missing($"No tag with key '{key}' found for model with ID '{modelId}'. GetLoggedModel shows the tags there are.");
        }, cancellationToken);

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default)
    {
        var items = CheckItems(null, parameters);
        return _root.RunAsync(() =>
        {
            var folder = FindModel(modelId).Folder;
            AddParams(modelId, folder, CheckParams(modelId, folder, items.Params));
        }, cancellationToken);
    }

    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default)
    {
        var search = new LoggedModelSearch(experimentIds, filter, datasets, maxResults, orderBy, pageToken);
        return _root.RunAsync(() =>
        {
            RequireLoggedModels();
            var models = experimentIds.Distinct().SelectMany(id => Folders(Path.Combine(FolderOf(id), "models")))
                .Select(folder => OrWarn(() => TryReadModel(folder))).OfType<LoggedModel>()
                .Select(model => new LoggedModelSubject(model, search.Datasets)).ToList();
            if (search.OnlyMeasured)
                models.RemoveAll(model => !model.IsMeasured);
            var page = search.Page(SearchPage.Find(models, search.Clauses, search.Orders, search.Offset, search.Limit, cancellationToken));
            return new PagedList<LoggedModel>([.. page.Select(subject => subject.Model)], page.Token);
        }, cancellationToken);
    }

    private static (List<RunTag> Tags, List<Param> Params) CheckItems(IReadOnlyDictionary<string, string>? tags, IReadOnlyDictionary<string, string>? parameters)
    {
        RegistryRules.CheckLoggedModelItems(tags, "tag");
        RegistryRules.CheckLoggedModelItems(parameters, "parameter");
        // MLflow's databases leave the keys free; here they are names of files.
        foreach (var key in (tags?.Keys ?? []).Concat(parameters?.Keys ?? []))
            KeyRules.Check(key, "key");
        return ([.. (tags ?? new Dictionary<string, string>()).Select(tag => new RunTag(tag.Key, tag.Value))],
            [.. (parameters ?? new Dictionary<string, string>()).Select(param => new Param(param.Key, param.Value))]);
    }

    private static void WriteModelTags(string folder, List<RunTag> tags)
    {
        foreach (var tag in tags)
            KeyFiles.Check(Path.Combine(folder, "tags"), tag.Key);
        foreach (var tag in tags)
            StoreFile.Write(KeyFiles.PathOf(Path.Combine(folder, "tags"), tag.Key), tag.Value, folder);
    }

    private void ChangeModel(string modelId, Action<YamlMap> change)
    {
        var (folder, meta) = FindModel(modelId);
        change(meta);
        meta["last_updated_timestamp"] = _root.Now;
        FileStoreFolder.WriteMeta(folder, meta);
    }

    internal LoggedModel ReadLoggedModel(string modelId) => TryReadModel(FindModel(modelId).Folder) ?? throw NoModel(modelId);

    private (string Folder, YamlMap Meta) FindModel(string modelId)
    {
        RequireLoggedModels();
        foreach (var experiment in ExperimentFolders())
        {
            if (!ModelIdPattern().IsMatch(modelId))
                break;
            var folder = Path.Combine(experiment, "models", modelId);
            if (FileStoreFolder.ReadMeta(folder) is { } meta && IsModel(meta, folder))
                return (folder, meta);
        }

        throw NoModel(modelId);
    }

    private string FindModelFolder(string modelId, string metric)
    {
        try
        {
            return FindModel(modelId).Folder;
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            throw MlflowException.Missing($"Logged model with ID '{modelId}' of the metric '{metric}' not found. SearchLoggedModels lists the models there are.");
        }
    }

    private static bool IsModel(YamlMap meta, string folder) =>
        meta.Text("lifecycle_stage") != "deleted" && meta.Text("model_id") == Path.GetFileName(folder)
        && meta.Text("experiment_id") == Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(folder)));

    private LoggedModel? TryReadModel(string folder)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta || !IsModel(meta, folder))
            return null;
        var (modelId, experimentId) = (meta.Text("model_id")!, meta.Text("experiment_id")!);
        var tags = KeyFiles.ReadAll(Path.Combine(folder, "tags"));
        return new()
        {
            ModelId = modelId,
            ExperimentId = experimentId,
            Name = meta.Text("name") ?? "",
            ArtifactLocation = MovedLocation.Resolve(meta.Text("artifact_location") ?? "", _root.FullName, $"{experimentId}/models/{modelId}/artifacts"),
            CreationTime = FileStoreFolder.ToTime(meta.Number("creation_timestamp")) ?? default,
            LastUpdatedTime = FileStoreFolder.ToTime(meta.Number("last_updated_timestamp")) ?? default,
            Status = (LoggedModelStatus)(meta.Number("status") ?? 0),
            StatusMessage = meta.Text("status_message"),
            ModelType = meta.Text("model_type"),
            SourceRunId = meta.Text("source_run_id"),
            Tags = tags,
            Registrations = LoggedModelRegistrations.Read(tags),
            Params = KeyFiles.ReadAll(Path.Combine(folder, "params")),
            Metrics = ReadModelMetrics(Path.Combine(folder, "metrics"), modelId),
        };
    }

    private List<Metric> ReadModelMetrics(string folder, string modelId)
    {
        var points = new List<Metric>();
        foreach (var (key, path) in KeyFiles.List(folder))
        {
            var damaged = 0;
            MetricLine.ForEach(StoreFile.ReadBytes(path) ?? [], line =>
            {
                if (MetricLine.Read(line, key, MetricLine.Owner.LoggedModel) is { } point)
                    points.Add(point with { ModelId = modelId });
                else
                    damaged++;
            });
            WarnOf(damaged, path);
        }

        return points;
    }

    private void RequireLoggedModels()
    {
        if (RunMeta.IsVersion2(_root.Options.DatabaseVersion))
        {
            throw new MlflowException(
                $"Logged models are of MLflow 3.0 and later; this store is written for {_root.Options.DatabaseVersion}. "
                + $"Set {nameof(MlflowClientOptions)}.{nameof(MlflowClientOptions.DatabaseVersion)} to 3.3 or 3.17.", ErrorCode.NotImplemented);
        }
    }

    private static void CheckModelId(string modelId)
    {
        if (!ModelIdPattern().IsMatch(modelId))
            throw MlflowException.Invalid($"Invalid model ID: '{modelId}'. It is m- and 32 hexadecimal digits, as LoggedModel.ModelId gives it.");
    }

    private static MlflowException NoModel(string modelId) =>
        MlflowException.Missing($"Logged model with ID '{modelId}' not found. SearchLoggedModels lists the models there are.");

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,255}\z")]
    private static partial Regex ModelIdPattern();

    /// <summary>A logged model as a search sees it.</summary>
    private sealed class LoggedModelSubject(LoggedModel model, IReadOnlyList<LoggedModelDatasetFilter> datasets) : SearchSubject
    {
        public LoggedModel Model { get; } = model;

        public bool IsMeasured => Model.Metrics.Any(OnDatasets);

        public override object? Attribute(string key) => key switch
        {
            "model_id" => Model.ModelId,
            "name" => Model.Name,
            "model_type" => Model.ModelType,
            "source_run_id" => Model.SourceRunId,
            "status" => (long)Model.Status,
            "status_message" => Model.StatusMessage,
            "artifact_location" => Model.ArtifactLocation,
            "lifecycle_stage" => "active",
            "experiment_id" => Model.ExperimentId,
            "creation_timestamp_ms" => Model.CreationTime.ToUnixTimeMilliseconds(),
            "last_updated_timestamp_ms" => Model.LastUpdatedTime.ToUnixTimeMilliseconds(),
            _ => throw new NotSupportedException(key),
        };

        // MLflow's databases keep 0 for what is not a number, and so it is found and sorted.
        public override IEnumerable<Metric> Metrics(string key) =>
            Model.Metrics.Where(metric => metric.Key == key).Select(metric => double.IsNaN(metric.Value) ? metric with { Value = 0 } : metric);

        public override IEnumerable<Metric> FilterMetrics(string key) => Metrics(key).Where(OnDatasets);

        public override string? Parameter(string key) => Model.Params.GetValueOrDefault(key);

        public override string? Tag(string key) => Model.Tags.GetValueOrDefault(key);

        private bool OnDatasets(Metric metric) => datasets.Count == 0
            || datasets.Any(dataset => metric.DatasetName == dataset.DatasetName && (dataset.DatasetDigest is null || metric.DatasetDigest == dataset.DatasetDigest));
    }
}
