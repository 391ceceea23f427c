using System.Collections.Concurrent;
using MLflowSharp.Artifacts;
using MLflowSharp.Context;
using MLflowSharp.Search;
using MLflowSharp.Search.InMemory;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    private const int MaxRemembered = 1000;

    /// <summary>File systems count times in steps of a few milliseconds: two changes in one step may look like one.</summary>
    private static readonly TimeSpan SafeAge = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, ActiveRunFile> _active = new(StringComparer.Ordinal);

    public Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default)
    {
        var (name, checkedTags) = _validator.CheckNewRun(tags, runName, NewRunName);
        return _root.RunAsync(() =>
        {
            var experiment = ReadExperiment(experimentId);
            RequireActive(experiment);
            var runId = NewIdentifier();
            var folder = Path.Combine(_root.FullName, experimentId, runId);
            foreach (var part in (string[])["metrics", "params", "artifacts", "tags"])
                Directory.CreateDirectory(Path.Combine(folder, part));
            var tagFolder = Path.Combine(folder, "tags");
            foreach (var tag in checkedTags)
            {
                KeyFiles.Check(tagFolder, tag.Key);
                StoreFile.Write(KeyFiles.PathOf(tagFolder, tag.Key), tag.Value, folder);
            }

            var info = new RunInfo(
                runId, name, experimentId, userId, RunStatus.Running, startTime, null, LifecycleStage.Active, ArtifactUri.Append(experiment.ArtifactLocation, $"{runId}/artifacts"));
            // Until this file is there, the run is not: nobody sees it half made.
            FileStoreFolder.TryCreateMeta(folder, RunMeta.Write(info, _root.Options.DatabaseVersion));
            return ReadRun(runId);
        }, cancellationToken);
    }

    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        return _root.RunAsync(() => ReadRun(runId), cancellationToken);
    }

    public Task<RunInfo> UpdateRunInfoAsync(
        string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var nameTag = string.IsNullOrEmpty(runName) ? null : _validator.CheckTag(new(SystemTags.RunName, runName));
        return _root.RunAsync(() => _root.Locked(() =>
        {
            var folder = RequireActive(runId);
            if (nameTag is not null)
                StoreFile.Write(Path.Combine(folder, "tags", SystemTags.RunName), nameTag.Value, folder);
            ChangeRun(folder, meta =>
            {
                meta.Remove("deleted_time");
                if (status is { } newStatus)
                    meta["status"] = (long)newStatus;
                if (endTime is { } newEnd)
                    meta["end_time"] = newEnd.ToUnixTimeMilliseconds();
                if (nameTag is not null)
                    meta["run_name"] = nameTag.Value;
            });
            return FindRun(runId).Info;
        }), cancellationToken);
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) => MoveRunAsync(runId, LifecycleStage.Deleted, cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) => MoveRunAsync(runId, LifecycleStage.Active, cancellationToken);

    public Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckMaxResults(maxResults);
        var parser = new SearchParser(SearchSchema.Runs);
        var clauses = parser.ParseFilter(filter);
        var orders = parser.ParseOrderBy(orderBy).ToList();
        if (!orders.Exists(order => order is { Entity: SearchEntity.Attribute, Key: "start_time" }))
            orders.Add(new(SearchEntity.Attribute, "start_time", Ascending: false));
        orders.Add(new(SearchEntity.Attribute, "run_id", Ascending: true));
        return _root.RunAsync(() =>
        {
            var runs = experimentIds.Distinct().SelectMany(id => Runs(FolderOf(id), cancellationToken)).Where(run => Shows(viewType, run.Info.LifecycleStage)).ToList();
            var page = SearchPage.Of(runs, clauses, orders, maxResults, pageToken, cancellationToken);
            var whole = new Run[page.Count];
            SearchPage.InParallel(page.Count, i => whole[i] = page[i].ReadWhole(), cancellationToken);
            return new PagedList<Run>(whole, page.Token);
        }, cancellationToken);
    }

    private Task MoveRunAsync(string runId, LifecycleStage stage, CancellationToken cancellationToken)
    {
        EntityValidator.CheckRunId(runId);
        return _root.RunAsync(() => _root.Locked(() => ChangeStage(FindRun(runId).Folder, stage)), cancellationToken);
    }

    private void ChangeStage(string folder, LifecycleStage stage) => ChangeRun(folder, meta =>
    {
        meta["lifecycle_stage"] = RunMeta.Text(stage);
        meta.Remove("deleted_time");
        if (stage == LifecycleStage.Deleted)
            meta["deleted_time"] = _root.Now;
    });

    private void ChangeRun(string folder, Action<YamlMap> change)
    {
        var meta = FileStoreFolder.ReadMeta(folder) ?? throw NoRun(Path.GetFileName(folder));
        change(meta);
        FileStoreFolder.WriteMeta(folder, meta);
        _active.TryRemove(Path.GetFileName(folder), out _);
    }

    private Run ReadRun(string runId) => FindRun(runId).ReadWhole();

    private FileRun FindRun(string runId)
    {
        var file = FileStoreFolder.MetaFile;
        var folder = _active.TryGetValue(runId, out var known) && File.Exists(Path.Combine(known.Folder, file))
            ? known.Folder
            : ExperimentFolders().Select(experiment => Path.Combine(experiment, runId)).FirstOrDefault(found => !Reserved.Contains(runId) && File.Exists(Path.Combine(found, file)))
                ?? throw NoRun(runId);
        // A folder of another run under this name could give away what is not in the store.
        return TryReadInfo(folder) ?? throw new MlflowException(
            $"The run {runId} is in an invalid state: '{Path.Combine(folder, file)}' is not about it. Restore the file from a copy.", ErrorCode.InvalidState);
    }

    /// <summary>All runs of an experiment, read in parallel. Folders that are no runs, or are just being made, are left out.</summary>
    private IEnumerable<FileRun> Runs(string experimentFolder, CancellationToken cancellationToken = default)
    {
        var folders = Folders(experimentFolder).Where(folder => !Reserved.Contains(Path.GetFileName(folder))).ToList();
        var runs = new FileRun?[folders.Count];
        SearchPage.InParallel(folders.Count, i => runs[i] = OrWarn(() => TryReadInfo(folders[i])), cancellationToken);
        return runs.OfType<FileRun>();
    }

    private FileRun? TryReadInfo(string folder)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta)
            return null;
        var (runId, experimentId) = (Path.GetFileName(folder), Path.GetFileName(Path.GetDirectoryName(folder)!));
        if ((meta.Text("run_id") ?? meta.Text("run_uuid")) != runId || meta.Text("experiment_id") != experimentId)
        {
            _root.Warn($"Left out: '{folder}' says that it is the run {meta.Text("run_id")} of the experiment {meta.Text("experiment_id")}. Restore its name or its {FileStoreFolder.MetaFile}.");
            return null;
        }

        var uri = MovedLocation.Resolve(meta.Text("artifact_uri") ?? "", _root.FullName, $"{experimentId}/{runId}/artifacts");
        return new(this, folder, RunMeta.ReadRun(meta, uri));
    }

    /// <summary>Refuses a run that does not exist or is deleted. Logging asks this each time, so what was found is remembered as long as the file is the same.</summary>
    /// <returns>The run's folder.</returns>
    private string RequireActive(string runId)
    {
        if (_active.TryGetValue(runId, out var known) && known.IsStillSo())
            return known.Folder;
        // The file first: should it change while it is read, it is read again next time.
        var run = FindRun(runId);
        var state = new ActiveRunFile(run.Folder);
        run = TryReadInfo(run.Folder) ?? throw NoRun(runId);
        if (run.Info.LifecycleStage != LifecycleStage.Active)
        {
            throw MlflowException.Invalid(
                $"The run {runId} must be in the 'active' state. Current state is deleted. Restore it with RestoreRun(\"{runId}\"), or log to another run.");
        }

        if (_active.Count >= MaxRemembered)
            _active.Clear();
        _active[runId] = state;
        return run.Folder;
    }

    private static MlflowException NoRun(string runId) =>
        MlflowException.Missing($"Run with id={runId} not found in this store. Check the tracking URI; SearchRuns lists the runs there are.");

    /// <summary>How an active run's <c>meta.yaml</c> looked when it was read.</summary>
    private sealed class ActiveRunFile
    {
        private readonly DateTime _written;
        private readonly long _length;
        private readonly bool _isOld;

        public ActiveRunFile(string folder)
        {
            Folder = folder;
            var file = File();
            (_written, _length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            _isOld = DateTime.UtcNow - _written > SafeAge;
        }

        public string Folder { get; }

        public bool IsStillSo() => _isOld && File() is { Exists: true } file && file.LastWriteTimeUtc == _written && file.Length == _length;

        private FileInfo File() => new(Path.Combine(Folder, FileStoreFolder.MetaFile));
    }
}
