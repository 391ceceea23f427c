using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;
using MLflowSharp.Validation;

namespace MLflowSharp.Journal.Delivery;

/// <summary>
/// Writes records into the store, in their order for each run. Metrics of a run that follow each other go together, up to 1000. What the store
/// refuses is found by halving, so that one bad value stops no other.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="progress">Hears what becomes of them.</param>
/// <param name="isRepetition">Whether the store may have some of them already: a tag that is deleted is then no error, and points that are there are not written again.</param>
/// <param name="isSalvage">
/// Whether errors that may be the record's or the store's own (the same again and again) are taken for the record's, once another was accepted.
/// </param>
/// <param name="cancellationToken">Cancels the calls.</param>
internal sealed class RecordDelivery(ITrackingStore store, IDeliveryProgress progress, bool isRepetition, bool isSalvage, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, Batch> _open = [];
    private readonly List<(JournalFrame Frame, Exception Error)> _suspects = [];
    private int _accepted;

    /// <summary>Delivers frames that follow each other in one file.</summary>
    /// <exception cref="StoreUnavailableException">What was not reported to be done with is to be delivered again.</exception>
    public async Task DeliverAsync(IReadOnlyList<JournalFrame> frames)
    {
        foreach (var frame in frames)
        {
            if (frame.Record is not { } record)
                progress.Refused(frame, new MlflowException("The record is damaged: its checksum does not fit. The disk may be failing.", ErrorCode.DataLoss));
            else if (frame.IsWithdrawn || !progress.Begin(frame))
                continue;
            else if (record.HasOnlyMetrics)
                await CollectAsync(frame, record);
            else
                await DeliverAloneAsync(frame, record);
        }

        await DeliverCollectedAsync();
        Judge();
        if (frames.Count > 0)
            progress.Advance(frames[^1].Next);
    }

    private async Task CollectAsync(JournalFrame frame, JournalRecord record)
    {
        if (!_open.TryGetValue(record.RunId, out var batch))
            _open[record.RunId] = batch = new();
        if (batch.Metrics + record.Metrics.Count > EntityValidator.MaxMetricsPerBatch)
        {
            await DeliverMetricsAsync(record.RunId, batch.Frames);
            _open[record.RunId] = batch = new();
        }

        batch.Frames.Add(frame);
        batch.Metrics += record.Metrics.Count;
    }

    private async Task DeliverAloneAsync(JournalFrame frame, JournalRecord record)
    {
        await DeliverCollectedAsync();
        AdvanceTo(frame.Offset);
        try
        {
            progress.Stored(frame, await WriteAsync(record));
            _accepted++;
        }
        catch (MlflowException error) when (isRepetition && record.Kind == RecordKind.DeleteTag && error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            progress.Stored(frame, null);
        }
        catch (Exception error)
        {
            Fail(frame, error);
        }

        AdvanceTo(frame.Next);
    }

    private async Task DeliverCollectedAsync()
    {
        foreach (var (runId, batch) in _open)
            await DeliverMetricsAsync(runId, batch.Frames);
        _open.Clear();
    }

    private async Task DeliverMetricsAsync(string runId, List<JournalFrame> frames)
    {
        if (frames.Count == 0)
            return;
        try
        {
            await LogBatchAsync(runId, [.. frames.SelectMany(frame => frame.Record!.Metrics)], [], []);
        }
        catch (Exception error) when (frames.Count > 1 && StoreVerdicts.Of(error) is var verdict && (verdict == StoreVerdict.Refused || (verdict == StoreVerdict.Unclear && isSalvage)))
        {
            // Of a run that is not there nothing can be written.
            if (error is MlflowException { ErrorCode: ErrorCode.ResourceDoesNotExist } missing && frames.TrueForAll(frame => frame.Record!.Metrics.All(metric => metric.ModelId is null)))
            {
                frames.ForEach(frame => progress.Refused(frame, missing));
                return;
            }

            var half = frames.Count / 2;
            await DeliverMetricsAsync(runId, frames[..half]);
            await DeliverMetricsAsync(runId, frames[half..]);
            return;
        }
        catch (Exception error)
        {
            if (frames.Count > 1)
                throw new StoreUnavailableException(error);
            Fail(frames[0], error);
            return;
        }

        _accepted++;
        frames.ForEach(frame => progress.Stored(frame, null));
    }

    private async Task<object?> WriteAsync(JournalRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Batch:
                await LogBatchAsync(record.RunId, record.Metrics, record.Params, record.Tags);
                return null;
            case RecordKind.DeleteTag:
                await store.DeleteTagAsync(record.RunId, record.Key!, cancellationToken);
                return null;
            case RecordKind.Inputs:
                await store.LogInputsAsync(record.RunId, record.Datasets, record.ModelInputs, cancellationToken);
                return null;
            case RecordKind.Outputs:
                await store.LogOutputsAsync(record.RunId, record.ModelOutputs, cancellationToken);
                return null;
            default:
                return await store.UpdateRunInfoAsync(record.RunId, record.Status, record.EndTime, record.RunName, cancellationToken);
        }
    }

    private Task LogBatchAsync(string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags) =>
        isRepetition && store is IRepeatableLogging repeatable
            ? repeatable.LogBatchAgainAsync(runId, metrics, parameters, tags, cancellationToken)
            : store.LogBatchAsync(runId, metrics, parameters, tags, cancellationToken);

    private void Fail(JournalFrame frame, Exception error)
    {
        switch (StoreVerdicts.Of(error))
        {
            case StoreVerdict.Refused:
                progress.Refused(frame, StoreVerdicts.AsMlflow(error));
                break;
            case StoreVerdict.Unclear when progress.IsAwaited(frame):
                progress.Refused(frame, StoreVerdicts.AsMlflow(error));
                break;
            case StoreVerdict.Unclear when isSalvage:
                _suspects.Add((frame, error));
                break;
            default:
                throw new StoreUnavailableException(error);
        }
    }

    private void Judge()
    {
        if (_suspects.Count > 0 && _accepted == 0)
            throw new StoreUnavailableException(_suspects[0].Error);
        _suspects.ForEach(suspect => progress.Refused(suspect.Frame, StoreVerdicts.AsMlflow(suspect.Error)));
    }

    private void AdvanceTo(long offset)
    {
        // Not over a record about which it is not decided yet.
        if (_suspects.Count == 0)
            progress.Advance(offset);
    }

    /// <summary>Metrics of one run that are written together.</summary>
    private sealed class Batch
    {
        public List<JournalFrame> Frames { get; } = [];

        public int Metrics { get; set; }
    }
}
