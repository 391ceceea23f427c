using System.Globalization;
using MLflowSharp.Journal.Delivery;
using MLflowSharp.Journal.Files;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Recovery;

/// <summary>
/// Finds the journals of a store that ended processes left, and replays each, one process at a time. A journal is taken when its lock can be had and
/// its writer is known to be gone; others are left and listed by <see cref="MlflowJournals"/>.
/// </summary>
/// <param name="store">The store itself.</param>
/// <param name="folders">Where its journals may be.</param>
/// <param name="storeName">What it is called in messages.</param>
/// <param name="options">Settings.</param>
internal sealed class JournalRecovery(ITrackingStore store, IReadOnlyList<string> folders, string storeName, MlflowClientOptions options)
{
    private const int MostAttempts = 6;
    private const int AttemptsBeforeSalvage = 3;

    /// <summary>How long a process may take from making a journal to describing itself in it: a network file system can hang for hours.</summary>
    private static readonly TimeSpan LongestBeginning = TimeSpan.FromDays(1);

    /// <summary>A living process that has the store at hand writes more often than this.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, JournalReplay> _begun = [];
    private readonly Dictionary<string, int> _attempts = [];

    /// <summary>Whether there is any journal in the folders.</summary>
    public static bool IsWorthwhile(IReadOnlyList<string> folders) => folders.Any(folder => LeftJournal.In(folder).Count > 0);

    /// <summary>Replays what can be replayed.</summary>
    /// <exception cref="StoreUnavailableException">The store is away; call again later.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            foreach (var journal in LeftJournal.In(folder).Where(journal => journal.Segments.Count > 0 || File.Exists(journal.LockPath)))
                Run(journal, cancellationToken);
            if (Directory.Exists(folder))
                JournalFolders.DeleteIfEmpty(folder);
        }
    }

    /// <summary>Whether the writer of a journal whose lock was taken is gone.</summary>
    /// <param name="taken">The lock.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="header">What it says of itself; null when it has no record yet.</param>
    public static bool IsLeft(OwnerLock taken, LeftJournal journal, JournalHeader? header)
    {
        // The writer would have the lock, if its kernel and this one know of each other's locks.
        if (taken.IsReliable && taken.Kernel.Length > 0 && (taken.Kernel == HostIdentity.Current.Kernel || NetworkLocks.HoldEverywhere(taken.Handle)))
            return true;
        return header is null ? DateTimeOffset.UtcNow - journal.LastWritten > LongestBeginning : header.Owner.HasEnded() == true;
    }

    private void Run(LeftJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            using var taken = OwnerLock.TryTake(journal.LockPath);
            if (taken is null)
                return;
            // Whoever had it may have finished with it in between.
            if (!journal.Segments.All(File.Exists))
                return;
            var header = ReadHeader(journal);
            if (header?.Format > JournalHeader.CurrentFormat)
                return;
            if (!IsLeft(taken, journal, header))
            {
                TellOfUnknown(journal, header);
                return;
            }

            Replay(journal, header, cancellationToken);
            taken.Delete();
        }
        catch (StoreUnavailableException error)
        {
            _attempts[journal.Stem] = _attempts.GetValueOrDefault(journal.Stem) + 1;
            if (error.IsOfStore || _attempts[journal.Stem] < MostAttempts)
                throw;
            options.Warn($"The journal '{journal.Stem}' cannot be written to the tracking store {storeName}: {error.Message} It stays there; see MlflowJournals.Find().");
            _begun.Remove(journal.Stem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            options.Warn($"The journal '{journal.Stem}' of an ended process cannot be read: {error.Message} It stays there; see MlflowJournals.Find().");
        }
    }

    private void Replay(LeftJournal journal, JournalHeader? header, CancellationToken cancellationToken)
    {
        if (!_begun.TryGetValue(journal.Stem, out var replay))
            _begun[journal.Stem] = replay = new(journal, store, options.TimeProvider);
        replay.RunAsync(_attempts.GetValueOrDefault(journal.Stem) >= AttemptsBeforeSalvage, cancellationToken).GetAwaiter().GetResult();
        replay.DeleteSegments();
        _begun.Remove(journal.Stem);
        if (Describe(journal, header, replay) is { } message)
            options.Warn(message);
    }

    private string? Describe(LeftJournal journal, JournalHeader? header, JournalReplay replay)
    {
        var parts = new List<string>();
        if (replay.Stored > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{replay.Stored} records that it had logged were not in the store yet and are now."));
        if (replay.Refused > 0)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"{replay.Refused} were refused by the store ({replay.FirstRefusal!.Message}) and are kept in '{journal.RejectedPath}'."));
        }

        if (replay.TornBytes > 0)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"The last {replay.TornBytes} bytes of its journal are no whole record: a call that had not returned, or, after a power failure, the last values."));
        }

        if (parts.Count == 0)
            return null;
        if (replay.UnendedRuns.Take(4).ToList() is { Count: > 0 } runs)
        {
            parts.Add($"It did not end {(runs.Count == 1 ? "run" : "runs")} {string.Join(", ", runs.Take(3))}{(runs.Count > 3 ? ", …" : "")}, whose status is left as it is; "
                + "MlflowClient.SetTerminated ends a run that nobody goes on with.");
        }

        var who = header is null ? "A process" : string.Create(CultureInfo.InvariantCulture, $"Process {header.Owner.ProcessId} on '{header.Owner.Host}'");
        return $"{who} that used the tracking store {storeName} ended before it was done. {string.Join(' ', parts)}";
    }

    /// <summary>Tells of values that wait for a person: nobody may guess that a process which cannot be seen from here has ended.</summary>
    private void TellOfUnknown(LeftJournal journal, JournalHeader? header)
    {
        var now = options.TimeProvider.GetUtcNow();
        if (header is null || now - journal.LastWritten < Silence || header.Owner.HasEnded() == false)
            return;
        var segments = journal.Open(FileAccess.Read);
        var records = LeftJournal.Pending(segments).Count();
        segments.ForEach(segment => segment.Dispose());
        if (records == 0)
            return;
        options.Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"The journal '{journal.Stem}' of process {header.Owner.ProcessId} on '{header.Owner.Host}' holds {records} records that the tracking store {storeName} does not have; "
            + $"the last is of {journal.LastWritten:yyyy-MM-dd HH:mm} UTC. ")
            + "Whether that process still runs cannot be seen from here. If it has ended, call MlflowJournals.Replay with what MlflowJournals.Find lists, or use the store once on that machine.");
    }

    private static JournalHeader? ReadHeader(LeftJournal journal)
    {
        var segments = journal.Open(FileAccess.Read);
        segments.ForEach(segment => segment.Dispose());
        return segments.FirstOrDefault()?.Header;
    }
}
