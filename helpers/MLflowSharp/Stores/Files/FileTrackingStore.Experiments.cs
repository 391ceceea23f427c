using System.Globalization;
using System.Text.RegularExpressions;
using MLflowSharp.Artifacts;
using MLflowSharp.Search;
using MLflowSharp.Search.InMemory;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    public Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentName(name);
        tags ??= new Dictionary<string, string>();
        foreach (var (key, value) in tags)
            EntityValidator.CheckExperimentTag(key, value);
        return _root.RunAsync(() => _root.Locked(() =>
        {
            CheckNameIsFree(name);
            return AddExperiment(NewExperimentId(), name, string.IsNullOrEmpty(artifactLocation) ? null : ArtifactUri.Resolve(artifactLocation), tags);
        }), cancellationToken);
    }

    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => ReadExperiment(experimentId), cancellationToken);

    public Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => FindExperiment(name), cancellationToken);

    public Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckMaxResults(maxResults);
        var parser = new SearchParser(SearchSchema.Experiments);
        var clauses = parser.ParseFilter(filter);
        var orders = parser.ParseOrderBy(orderBy);
        List<SearchOrder> all = orders.Count > 0 ? [.. orders] : [new(SearchEntity.Attribute, "creation_time", Ascending: false)];
        all.Add(new(SearchEntity.Attribute, "experiment_id", Ascending: orders.Count == 0));
        return _root.RunAsync(() =>
        {
            var subjects = ExperimentFolders().Select(folder => OrWarn(() => TryReadExperiment(folder)))
                .OfType<Experiment>().Where(experiment => Shows(viewType, experiment.LifecycleStage)).Select(experiment => new ExperimentSubject(experiment)).ToList();
            var page = SearchPage.Of(subjects, clauses, all, maxResults, pageToken, cancellationToken);
            return new PagedList<Experiment>([.. page.Select(subject => subject.Experiment)], page.Token);
        }, cancellationToken);
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => _root.Locked(() =>
        {
            CheckExperimentId(experimentId);
            if (experimentId == DefaultExperiment)
                throw new MlflowException("The experiment Default (0) of a file store cannot be deleted: MLflow expects it there. Delete its runs instead.");
            var folder = Path.Combine(_root.FullName, experimentId);
            if (TryReadExperiment(folder) is null)
                throw MissingStage(experimentId, LifecycleStage.Active);
            // The folder is moved last: what is interrupted before can be repeated.
            MoveExperiment(folder, LifecycleStage.Deleted);
            _metricFiles.Close(folder);
            Directory.CreateDirectory(_root.TrashPath);
            Directory.Move(folder, Path.Combine(_root.TrashPath, experimentId));
        }), cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() => _root.Locked(() =>
        {
            CheckExperimentId(experimentId);
            var (folder, deleted) = (Path.Combine(_root.FullName, experimentId), Path.Combine(_root.TrashPath, experimentId));
            if (TryReadExperiment(deleted) is not null)
            {
                if (Path.Exists(folder))
                {
                    throw new MlflowException(
                        $"The experiment {experimentId} cannot be restored: there is another one of that number. Move '{folder}' out of the store first.", ErrorCode.ResourceAlreadyExists);
                }

                _metricFiles.Close(deleted);
                Directory.Move(deleted, folder);
            }

            // An interrupted call may have moved the folder and nothing else.
            if (TryReadExperiment(folder) is not { LifecycleStage: LifecycleStage.Deleted })
                throw MissingStage(experimentId, LifecycleStage.Deleted);
            MoveExperiment(folder, LifecycleStage.Active);
        }), cancellationToken);

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentName(newName);
        return _root.RunAsync(() => _root.Locked(() =>
        {
            var experiment = ReadExperiment(experimentId);
            if (experiment.LifecycleStage != LifecycleStage.Active)
                throw new MlflowException("Cannot rename a non-active experiment. Restore it first.", ErrorCode.InvalidState);
            if (FindExperiment(newName) is { } other && other.ExperimentId != experimentId)
                throw new MlflowException($"Experiment(name={newName}) already exists. Choose another name.", ErrorCode.ResourceAlreadyExists);
            ChangeExperiment(Path.Combine(_root.FullName, experimentId), meta => meta["name"] = newName);
        }), cancellationToken);
    }

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentTag(key, value);
        return _root.RunAsync(() =>
        {
            RequireActive(ReadExperiment(experimentId));
            var folder = Path.Combine(_root.FullName, experimentId);
            KeyFiles.Check(Path.Combine(folder, "tags"), key);
            StoreFile.Write(KeyFiles.PathOf(Path.Combine(folder, "tags"), key), value, folder);
        }, cancellationToken);
    }

    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _root.RunAsync(() =>
        {
            RequireActive(ReadExperiment(experimentId));
            if (KeyFiles.TryPathOf(Path.Combine(_root.FullName, experimentId, "tags"), key) is not { } path || !StoreFile.TryDelete(path))
                throw MlflowException.Missing($"No tag with name: {key} in experiment with id {experimentId}. GetExperiment shows the tags there are.");
        }, cancellationToken);

    private string AddExperiment(string experimentId, string name, string? artifactLocation, IReadOnlyDictionary<string, string> tags)
    {
        var folder = Path.Combine(_root.FullName, experimentId);
        artifactLocation ??= FileStoreUri.FromPath(folder);
        var now = _root.Options.TimeProvider.GetUtcNow();
        foreach (var (key, value) in tags)
            KeyFiles.Check(Path.Combine(folder, "tags"), key);
        Directory.CreateDirectory(folder);
        foreach (var (key, value) in tags)
            StoreFile.Write(KeyFiles.PathOf(Path.Combine(folder, "tags"), key), value, folder);
        // Until this file is there, the experiment is not.
        var experiment = new Experiment(experimentId, name, artifactLocation, LifecycleStage.Active, now, now, tags);
        FileStoreFolder.TryCreateMeta(folder, RunMeta.Write(experiment, _root.Options.DatabaseVersion));
        return experimentId;
    }

    private void CheckNameIsFree(string name)
    {
        if (FindExperiment(name) is not { } existing)
            return;
        throw new MlflowException(
            $"Experiment(name={name}) already exists. " + (existing.LifecycleStage == LifecycleStage.Deleted
                ? $"It is in the deleted state: restore it (RestoreExperiment(\"{existing.ExperimentId}\")) or choose another name."
                : "Use SetExperiment to log to it, or choose another name."), ErrorCode.ResourceAlreadyExists);
    }

    /// <summary>As in MLflow 18 digits. There they are random; these begin with the time, so that they sort as those of a database do.</summary>
    private string NewExperimentId()
    {
        while (true)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(_root.Now, 1)}{Random.Shared.Next(100_000):00000}");
            if (!Path.Exists(Path.Combine(_root.FullName, id)) && !Path.Exists(Path.Combine(_root.TrashPath, id)))
                return id;
        }
    }

    private void MoveExperiment(string folder, LifecycleStage stage)
    {
        foreach (var run in Runs(folder))
            ChangeStage(run.Folder, stage);
        ChangeExperiment(folder, meta => meta["lifecycle_stage"] = RunMeta.Text(stage));
    }

    private void ChangeExperiment(string folder, Action<YamlMap> change)
    {
        var meta = FileStoreFolder.ReadMeta(folder) ?? throw MlflowException.Missing($"'{folder}' has lost its {FileStoreFolder.MetaFile}. Restore it from a copy.");
        change(meta);
        meta["last_update_time"] = _root.Now;
        SetTags(meta, KeyFiles.ReadAll(Path.Combine(folder, "tags")));
        FileStoreFolder.WriteMeta(folder, meta);
    }

    private IEnumerable<string> ExperimentFolders() => Folders(_root.FullName)
        .Where(folder => Path.GetFileName(folder) is not (FileStoreFolder.Trash or FileStoreFolder.Models))
        .Concat(Folders(_root.TrashPath));

    private static IEnumerable<string> Folders(string parent) => Directory.Exists(parent) ? Directory.EnumerateDirectories(parent) : [];

    private string FolderOf(string experimentId)
    {
        CheckExperimentId(experimentId);
        var folder = Path.Combine(_root.FullName, experimentId);
        return Directory.Exists(folder) ? folder : Path.Combine(_root.TrashPath, experimentId);
    }

    private Experiment ReadExperiment(string experimentId) => TryReadExperiment(FolderOf(experimentId))
        ?? throw MlflowException.Missing($"No Experiment with id={experimentId} exists. SearchExperiments lists the experiments there are.");

    private Experiment? FindExperiment(string name)
    {
        foreach (var folder in ExperimentFolders())
        {
            if (OrWarn(() => FileStoreFolder.ReadMeta(folder))?.Text("name") == name && TryReadExperiment(folder) is { } experiment)
                return experiment;
        }

        return null;
    }

    private Experiment? TryReadExperiment(string folder)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta)
            return null;
        var id = Path.GetFileName(folder);
        if (meta.Text("experiment_id") != id)
        {
            _root.Warn($"Left out: '{folder}' says that it is the experiment {meta.Text("experiment_id")}. Rename the folder.");
            return null;
        }

        return RunMeta.ReadExperiment(meta, MovedLocation.Resolve(meta.Text("artifact_location") ?? "", _root.FullName, id), KeyFiles.ReadAll(Path.Combine(folder, "tags")));
    }

    private static void RequireActive(Experiment experiment)
    {
        if (experiment.LifecycleStage != LifecycleStage.Active)
        {
            throw MlflowException.Invalid(
                $"The experiment {experiment.ExperimentId} must be in the 'active' state. Current state is deleted. "
                + $"Restore '{experiment.Name}' with RestoreExperiment(\"{experiment.ExperimentId}\") or use another experiment.");
        }
    }

    private MlflowException MissingStage(string experimentId, LifecycleStage stage)
    {
        _ = ReadExperiment(experimentId);
        var other = stage == LifecycleStage.Active ? LifecycleStage.Deleted : LifecycleStage.Active;
        return MlflowException.Missing($"No Experiment with id={experimentId} exists in the '{RunMeta.Text(stage)}' state: it is {RunMeta.Text(other)} already.");
    }

    private static void CheckExperimentId(string experimentId)
    {
        if (!ExperimentIdPattern().IsMatch(experimentId))
            throw MlflowException.Invalid($"Invalid experiment ID: '{experimentId}'. SearchExperiments lists the experiments there are.");
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,63}\z")]
    private static partial Regex ExperimentIdPattern();

    /// <summary>An experiment as a search sees it.</summary>
    private sealed class ExperimentSubject(Experiment experiment) : SearchSubject
    {
        public Experiment Experiment { get; } = experiment;

        public override object? Attribute(string key) => key switch
        {
            "name" => Experiment.Name,
            "creation_time" => Experiment.CreationTime?.ToUnixTimeMilliseconds(),
            "last_update_time" => Experiment.LastUpdateTime?.ToUnixTimeMilliseconds(),
            // Numbers nearly always, and then sorted as such.
            _ => long.TryParse(Experiment.ExperimentId, out var number) ? number : Experiment.ExperimentId,
        };

        public override string? Tag(string key) => Experiment.Tags.GetValueOrDefault(key);
    }
}
