using MLflowSharp.Maintenance;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore : IPurgingStore
{
    public Task<IReadOnlyList<DeletedItem>> ListDeletedAsync(CancellationToken cancellationToken = default) => _root.RunAsync(
        () =>
        {
            var items = new List<DeletedItem>();
            foreach (var folder in ExperimentFolders())
            {
                if (OrWarn(() => TryReadExperiment(folder)) is not { } experiment)
                    continue;
                var isDeleted = experiment.LifecycleStage == LifecycleStage.Deleted;
                items.AddRange(Runs(folder, cancellationToken).Where(run => run.Info.LifecycleStage == LifecycleStage.Deleted)
                    .Select(run => new DeletedItem(DeletedKind.Run, run.Info.RunId, run.Info.RunName, experiment.ExperimentId, run.Info.ArtifactUri, DeletedTime(run.Folder, "deleted_time"))));
                items.AddRange(Folders(Path.Combine(folder, "models")).Select(model => ToDeletedModel(model, experiment)).OfType<DeletedItem>());
                if (isDeleted && experiment.ExperimentId != DefaultExperiment)
                    items.Add(new(DeletedKind.Experiment, experiment.ExperimentId, experiment.Name, experiment.ExperimentId, experiment.ArtifactLocation, experiment.LastUpdateTime));
            }

            return (IReadOnlyList<DeletedItem>)items;
        },
        cancellationToken);

    public Task PurgeAsync(DeletedItem item, CancellationToken cancellationToken = default) => _root.RunAsync(
        () => _root.Locked(() =>
        {
            var experiment = FolderOf(item.ExperimentId);
            var folder = item.Kind switch
            {
                DeletedKind.Run => Path.Combine(experiment, item.Id),
                DeletedKind.LoggedModel => Path.Combine(experiment, "models", item.Id),
                _ => experiment,
            };
            var isDeleted = item.Kind switch
            {
                DeletedKind.Run => !Reserved.Contains(item.Id) && TryReadInfo(folder) is { Info.LifecycleStage: LifecycleStage.Deleted },
                DeletedKind.LoggedModel => TryReadExperiment(experiment) is { } its && ToDeletedModel(folder, its) is not null,
                _ => TryReadExperiment(folder) is { LifecycleStage: LifecycleStage.Deleted },
            };
            if (!isDeleted)
                throw new MlflowException($"{item.Kind} {item.Id} was restored meanwhile, and stays.", ErrorCode.InvalidState);
            if (item.Kind == DeletedKind.Experiment && Runs(folder, cancellationToken).Any())
                throw new MlflowException($"The experiment {item.Id} has runs that were not removed, and stays.", ErrorCode.InvalidState);
            _metricFiles.Close(folder);
            // The file that makes the folder what it is goes first: what is interrupted then is no half of a run, but nothing.
            StoreFile.TryDelete(Path.Combine(folder, FileStoreFolder.MetaFile));
            Directory.Delete(folder, recursive: true);
        }),
        cancellationToken);

    private static DeletedItem? ToDeletedModel(string folder, Experiment experiment)
    {
        if (FileStoreFolder.ReadMeta(folder) is not { } meta || meta.Text("model_id") != Path.GetFileName(folder))
            return null;
        var isDeleted = meta.Text("lifecycle_stage") == "deleted";
        return isDeleted || experiment.LifecycleStage == LifecycleStage.Deleted
            ? new(DeletedKind.LoggedModel, Path.GetFileName(folder), meta.Text("name") ?? "", experiment.ExperimentId, meta.Text("artifact_location") ?? "", isDeleted ? DeletedTime(folder, "last_updated_timestamp") : experiment.LastUpdateTime)
            : null;
    }

    private static DateTimeOffset? DeletedTime(string folder, string key) => FileStoreFolder.ToTime(FileStoreFolder.ReadMeta(folder)?.Number(key));
}
