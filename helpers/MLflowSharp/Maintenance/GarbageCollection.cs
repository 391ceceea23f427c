using System.Globalization;
using MLflowSharp.Artifacts.Local;
using MLflowSharp.Copying;

namespace MLflowSharp.Maintenance;

/// <summary>
/// Removes for good what was deleted, with its artifacts, as <c>mlflow gc</c> (https://mlflow.org/docs/latest/api_reference/cli.html#mlflow-gc). Unlike
/// that it keeps what a registered model is made of, and removes the files of a run only from a folder that has the run's name.
/// </summary>
internal sealed class GarbageCollection(CopyEnd store, TimeProvider time, GarbageOptions options)
{
    /// <summary>What wrote nothing for a day is no upload any more.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>Removes, or tells what would be removed.</summary>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED: the store is a tracking server's.</exception>
    public async Task<GarbageReport> CollectAsync(CancellationToken cancellationToken)
    {
        if (store.Tracking is not IPurgingStore purging)
            throw new MlflowException("A tracking server does not remove for good what was deleted. Give the store that it serves: its database or its folder.", ErrorCode.NotImplemented);
        var all = await purging.ListDeletedAsync(cancellationToken);
        var (used, latest) = (await UsedAsync(cancellationToken), time.GetUtcNow() - options.OlderThan);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var removed = new List<DeletedItem>();
        foreach (var item in all.OrderBy(item => item.Kind))
        {
            if (WhyKept(item, used, latest, kept) is { } reason)
            {
                kept.Add(item.Kind == DeletedKind.Experiment ? item.Id : item.ExperimentId);
                if (reason.Length > 0)
                    options.Tell($"Kept:    {Describe(item)}: {reason}");
                continue;
            }

            var files = await RemoveFilesAsync(item, cancellationToken);
            try
            {
                if (!options.DryRun)
                    await purging.PurgeAsync(item, cancellationToken);
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidState)
            {
                kept.Add(item.ExperimentId);
                options.Tell($"Kept:    {Describe(item)}: {error.Message}");
                continue;
            }

            removed.Add(item);
            options.Tell($"{(options.DryRun ? "Would remove" : "Removed")}: {Describe(item)}{files}");
        }

        return new(removed, all.Count - removed.Count, await RemoveUploadsAsync(cancellationToken));
    }

    /// <summary>Removes the hidden files of uploads that were killed. One that goes on has just written.</summary>
    private async Task<int> RemoveUploadsAsync(CancellationToken cancellationToken)
    {
        var experiments = await Paged.AllAsync(token => store.Tracking.SearchExperimentsAsync(null, ViewType.All, Paged.Size, null, token, cancellationToken));
        var before = time.GetUtcNow() - (options.OlderThan > LongestPause ? options.OlderThan : LongestPause);
        var (count, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        try
        {
            foreach (var file in store.FoldersOf(experiments).SelectMany(folder => folder.FindUnfinished(before)).Where(file => seen.Add(file.FullName)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var line = string.Create(CultureInfo.InvariantCulture, $"left over of an upload, {file.Length / 1e6:0.0} MB of {file.LastWriteTimeUtc:yyyy-MM-dd}: {file.FullName}");
                if (!options.DryRun)
                    file.Delete();
                count++;
                options.Tell($"{(options.DryRun ? "Would remove" : "Removed")}: {line}");
            }
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of("What uploads left over cannot be removed", error);
        }

        return count;
    }

    private static string? WhyKept(DeletedItem item, Dictionary<string, string> used, DateTimeOffset latest, HashSet<string> experimentsKept)
    {
        // Without a time it was deleted by a version that did not write one, which is long ago.
        if (item.Deleted > latest)
            return "";
        if (used.TryGetValue(item.Id, out var version))
            return $"{version} of the registry is made of it. Delete that version first.";
        return item.Kind == DeletedKind.Experiment && experimentsKept.Contains(item.Id) ? "something in it is kept." : null;
    }

    /// <summary>Runs and models that registered versions are made of, with one of those versions.</summary>
    private async Task<Dictionary<string, string>> UsedAsync(CancellationToken cancellationToken)
    {
        var used = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var version in await Paged.AllAsync(token => store.Registry.SearchModelVersionsAsync(null, Paged.Size, null, token, cancellationToken)))
        {
            foreach (var id in (string?[])[version.RunId, version.ModelId, version.Source?.StartsWith("models:/m-", StringComparison.Ordinal) == true ? version.Source["models:/".Length..] : null])
            {
                if (!string.IsNullOrEmpty(id))
                    used.TryAdd(id, $"version {version.Version} of '{version.Name}'");
            }
        }

        return used;
    }

    private async Task<string> RemoveFilesAsync(DeletedItem item, CancellationToken cancellationToken)
    {
        // What an experiment has beside its runs and models is not the store's to judge.
        if (item.Kind == DeletedKind.Experiment)
            return "";
        if (!item.ArtifactLocation.Split('/', '\\').Contains(item.Id))
            return $"; its files stay, because '{item.ArtifactLocation}' is not a folder of its own";
        try
        {
            var repository = store.At(item.ArtifactLocation);
            var entries = await repository.ListArtifactsAsync(null, cancellationToken);
            if (!options.DryRun && entries.Count > 0)
                await repository.DeleteArtifactsAsync(null, cancellationToken);
            return entries.Count > 0 ? " and its files" : "";
        }
        catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotImplemented or ErrorCode.InvalidParameterValue)
        {
            throw new MlflowException(
                $"The files of {Describe(item)} cannot be reached: {error.Message} Say with --artifacts-destination where the server keeps them. Nothing of it was removed.", error.ErrorCode, error);
        }
    }

    private static string Describe(DeletedItem item) => $"{item.Kind switch { DeletedKind.Run => "run", DeletedKind.LoggedModel => "logged model", _ => "experiment" }} {item.Id} ({item.Name})";
}
