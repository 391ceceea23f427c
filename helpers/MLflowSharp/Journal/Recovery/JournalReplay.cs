using MLflowSharp.Journal.Delivery;
using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Recovery;

/// <summary>Writes what one journal still holds into the store. Its lock must be held, so that nobody else does.</summary>
/// <param name="journal">The journal.</param>
/// <param name="store">The store itself, without a journal of its own.</param>
/// <param name="time">For the times of refusals.</param>
internal sealed class JournalReplay(LeftJournal journal, ITrackingStore store, TimeProvider time) : IDeliveryProgress
{
    private readonly HashSet<string> _runs = [];
    private readonly HashSet<string> _ended = [];
    private SegmentFile? _segment;

    /// <summary>How many records the store took.</summary>
    public int Stored { get; private set; }

    /// <summary>How many records the store refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Why the store refused the first of them.</summary>
    public MlflowException? FirstRefusal { get; private set; }

    /// <summary>Bytes at the end that are no whole record: the machine lost power, or the process was killed within a call.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The runs whose end was not among the records.</summary>
    public IEnumerable<string> UnendedRuns => _runs.Except(_ended).Order(StringComparer.Ordinal);

    /// <summary>Writes everything.</summary>
    /// <param name="isSalvage">Whether records at which the store fails again and again are set aside.</param>
    /// <param name="cancellationToken">Stops; what is done stays done.</param>
    /// <exception cref="StoreUnavailableException">The store is away; call again later.</exception>
    public async Task RunAsync(bool isSalvage, CancellationToken cancellationToken)
    {
        TornBytes = 0;
        foreach (var segment in journal.Open(FileAccess.ReadWrite))
        {
            using (_segment = segment)
            {
                for (var from = segment.ReadDelivered(); from < segment.End; from = segment.ReadDelivered())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var frames = segment.Read(from, segment.End);
                    if (frames.Count == 0)
                    {
                        TornBytes += segment.End - from;
                        break;
                    }

                    await new RecordDelivery(store, this, isRepetition: true, isSalvage, cancellationToken).DeliverAsync(frames);
                }
            }
        }
    }

    /// <summary>Removes the files with records; what was refused stays.</summary>
    public void DeleteSegments()
    {
        foreach (var path in journal.Segments)
            PrivateFiles.Delete(path);
    }

    bool IDeliveryProgress.Begin(JournalFrame frame) => true;

    bool IDeliveryProgress.IsAwaited(JournalFrame frame) => false;

    void IDeliveryProgress.Stored(JournalFrame frame, object? answer)
    {
        Stored++;
        _runs.Add(frame.Record!.RunId);
        if (frame.Record.Status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed)
            _ended.Add(frame.Record.RunId);
    }

    void IDeliveryProgress.Refused(JournalFrame frame, MlflowException error)
    {
        RejectedRecords.Keep(journal.Stem, frame, error, time.GetUtcNow());
        Refused++;
        FirstRefusal ??= error;
    }

    void IDeliveryProgress.Advance(long offset) => _segment!.WriteDelivered(offset);
}
