using MLflowSharp.Journal;
using MLflowSharp.Journal.Delivery;
using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Recovery;
using MLflowSharp.Stores;

namespace MLflowSharp;

/// <summary>
/// Journals that processes left which ended before the store had everything. A client that opens the same store replays them by itself; this is for
/// looking, and for those of which it cannot tell whether their process still runs.
/// </summary>
public static class MlflowJournals
{
    /// <summary>Lists journals, those in use as well.</summary>
    /// <param name="trackingUri">The store; null for the current one (<see cref="Mlflow.GetTrackingUri"/>) and all servers the user has logged to.</param>
    /// <param name="options">Where journals are kept; null for the defaults.</param>
    public static IReadOnlyList<JournalInfo> Find(string? trackingUri = null, JournalOptions? options = null)
    {
        options ??= new JournalOptions();
        var uri = trackingUri ?? Mlflow.GetTrackingUri();
        IEnumerable<string> folders = JournalFolders.Of(uri, JournaledStores.LocalPath(uri), options);
        var shared = options.Folder ?? JournalFolders.StateFolder;
        if (trackingUri is null && Directory.Exists(shared))
            folders = folders.Concat(Directory.GetDirectories(shared));
        return [.. folders.Select(Path.GetFullPath).Distinct().SelectMany(LeftJournal.In).Select(Describe).OfType<JournalInfo>()];
    }

    /// <summary>Writes what a journal holds into the store. What the store has already is not stored twice.</summary>
    /// <param name="journal">The journal, as <see cref="Find"/> gives it.</param>
    /// <param name="trackingUri">The store; null for the journal's own. A server that wants a user and password gets them from here or from the environment.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Stops; what is written stays written.</param>
    /// <returns>How many records the store took, and how many it refused; those are kept in <see cref="JournalInfo.RejectedFile"/>.</returns>
    /// <exception cref="MlflowException">INVALID_STATE when a process uses the journal; TEMPORARILY_UNAVAILABLE when the store cannot be reached.</exception>
    public static async Task<(int Stored, int Refused)> ReplayAsync(
        JournalInfo journal, string? trackingUri = null, MlflowClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        options ??= new MlflowClientOptions();
        using var taken = Take(journal);
        var left = Reread(journal);
        using var stores = StoreFactory.Open(trackingUri ?? journal.Store, options);
        var replay = new JournalReplay(left, stores.Tracking, options.TimeProvider);
        try
        {
            await replay.RunAsync(isSalvage: false, cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            throw new MlflowException(
                $"The journal '{journal.Path}' could not be replayed: {error.Message} It is as it was, but for what was written before; try again when the store is there.",
                StoreVerdicts.AsMlflow(error.InnerException!).ErrorCode, error.InnerException);
        }

        replay.DeleteSegments();
        taken.Delete();
        JournalFolders.DeleteIfEmpty(Path.GetDirectoryName(journal.Path)!);
        return (replay.Stored, replay.Refused);
    }

    /// <inheritdoc cref="ReplayAsync"/>
    public static (int Stored, int Refused) Replay(JournalInfo journal, string? trackingUri = null, MlflowClientOptions? options = null) =>
        MlflowClient.Wait(ReplayAsync(journal, trackingUri, options));

    /// <summary>Deletes a journal with everything in it that is not in the store, and what the store refused.</summary>
    /// <param name="journal">The journal, as <see cref="Find"/> gives it.</param>
    /// <exception cref="MlflowException">INVALID_STATE when a process uses the journal.</exception>
    public static void Discard(JournalInfo journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        using var taken = Take(journal);
        var left = Reread(journal);
        foreach (var path in left.Segments)
            File.Delete(path);
        File.Delete(left.RejectedPath);
        taken.Delete();
        JournalFolders.DeleteIfEmpty(Path.GetDirectoryName(journal.Path)!);
    }

    private static LeftJournal Reread(JournalInfo journal) =>
        LeftJournal.In(Path.GetDirectoryName(journal.Path)!).FirstOrDefault(left => left.Stem == journal.Path) ?? new LeftJournal(journal.Path, []);

    private static OwnerLock Take(JournalInfo journal) => OwnerLock.TryTake(journal.Path + OwnerLock.Extension) ?? throw new MlflowException(
        $"The journal '{journal.Path}' is in use: a process writes to it or replays it. Wait until that is done; Find lists what is left then.", ErrorCode.InvalidState);

    private static JournalInfo? Describe(LeftJournal journal)
    {
        try
        {
            var rejected = File.Exists(journal.RejectedPath) ? journal.RejectedPath : null;
            var segments = journal.Open(FileAccess.Read);
            try
            {
                var records = LeftJournal.Pending(segments).ToList();
                var header = segments.FirstOrDefault()?.Header;
                var state = StateOf(journal, header);
                return state == JournalState.Done && rejected is null
                    ? null
                    : new(journal.Stem, state, header?.Store ?? "", header?.Owner.Host ?? "", header?.Owner.ProcessId ?? 0, journal.LastWritten, records.Count,
                        [.. records.Select(frame => frame.Record?.RunId).OfType<string>().Distinct()], rejected);
            }
            finally
            {
                segments.ForEach(segment => segment.Dispose());
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Replayed and removed while it was looked at.
            return null;
        }
    }

    private static JournalState StateOf(LeftJournal journal, JournalHeader? header)
    {
        if (journal.Segments.Count == 0 && !File.Exists(journal.LockPath))
            return JournalState.Done;
        using var taken = OwnerLock.TryTake(journal.LockPath);
        if (taken is null)
            return JournalState.InUse;
        if (JournalRecovery.IsLeft(taken, journal, header))
        {
            if (journal.Segments.Count > 0)
                return JournalState.Left;
            taken.Delete();
            return JournalState.Done;
        }

        // Without a description its process is just beginning it, or has left nothing in it.
        return header is null || header.Owner.HasEnded() == false ? JournalState.InUse : JournalState.Unknown;
    }
}
