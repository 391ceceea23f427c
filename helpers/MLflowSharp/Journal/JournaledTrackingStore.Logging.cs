using MLflowSharp.Journal.Delivery;
using MLflowSharp.Journal.Records;
using MLflowSharp.Validation;

namespace MLflowSharp.Journal;

internal sealed partial class JournaledTrackingStore
{
    /// <summary>Logs one point of a metric: a plain write into the journal when the run and the name are known.</summary>
    public void LogMetric(string runId, string key, double value, long timestamp, long step)
    {
        if (!_runs.ContainsKey(runId) || !_checkedKeys.ContainsKey(key) || timestamp < 0 || !_problems.IsEmpty
            || !TryAppend(RecordEncoder.Metric(runId, key, value, timestamp, step)))
        {
            MlflowClient.Wait(LogBatchAsync(runId, [new(key, value, timestamp, step)], [], []));
        }
    }

    public Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var (checkedParams, checkedTags) = _validator.CheckBatch(metrics, parameters, tags);
        EntityValidator.CheckBatchLimits(metrics.Count, parameters.Count, tags.Count);
        ThrowProblem(runId);
        var record = new JournalRecord(RecordKind.Batch, runId) { Metrics = metrics, Params = checkedParams, Tags = checkedTags };
        if (record.HasOnlyMetrics && _runs.ContainsKey(runId) && metrics.All(metric => metric.ModelId is null || _knownModels.ContainsKey(metric.ModelId)))
        {
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled(cancellationToken);
            if (TryAppend(RecordEncoder.Encode(record)))
            {
                RememberKeys(metrics);
                return Task.CompletedTask;
            }
        }

        return LogAsync();

        async Task LogAsync()
        {
            await JournalAsync(record, token => DirectlyAsync(() => _inner.LogBatchAsync(runId, metrics, checkedParams, checkedTags, token)), cancellationToken);
            RememberKeys(metrics);
            _runs.TryAdd(runId, new(null));
        }
    }

    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        ThrowProblem(runId);
        return JournalAsync(
            new(RecordKind.DeleteTag, runId) { Key = key }, token => DirectlyAsync(() => _inner.DeleteTagAsync(runId, key, token)), cancellationToken);
    }

    public Task LogInputsAsync(
        string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        foreach (var dataset in datasets)
            EntityValidator.CheckDatasetInput(dataset);
        ThrowProblem(runId);
        return JournalAsync(
            new(RecordKind.Inputs, runId) { Datasets = datasets, ModelInputs = models },
            token => DirectlyAsync(() => _inner.LogInputsAsync(runId, datasets, models, token)), cancellationToken);
    }

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        ThrowProblem(runId);
        return JournalAsync(
            new(RecordKind.Outputs, runId) { ModelOutputs = models }, token => DirectlyAsync(() => _inner.LogOutputsAsync(runId, models, token)), cancellationToken);
    }

    public async Task<RunInfo> UpdateRunInfoAsync(
        string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var known = _runs.GetValueOrDefault(runId)?.Info;
        var answer = await JournalAsync(
            new(RecordKind.RunInfo, runId) { Status = status, EndTime = endTime, RunName = runName },
            async token => await _inner.UpdateRunInfoAsync(runId, status, endTime, runName, token), cancellationToken);
        if (status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed)
            Forget(runId);
        // The end itself is stored or spooled: a value that was refused must not leave the run without one.
        ThrowProblem(runId);
        if (answer is RunInfo info)
            return info;
        known ??= new(runId, "", "", "", RunStatus.Running, null, null, LifecycleStage.Active, "");
        return known with { Status = status ?? known.Status, EndTime = endTime ?? known.EndTime, RunName = string.IsNullOrEmpty(runName) ? known.RunName : runName };
    }

    private static async Task<object?> DirectlyAsync(Func<Task> action)
    {
        await action();
        return null;
    }

    private void RememberKeys(IReadOnlyList<Metric> metrics)
    {
        foreach (var metric in metrics)
        {
            if (_checkedKeys.Count >= MostCheckedKeys)
                _checkedKeys.Clear();
            _checkedKeys.TryAdd(metric.Key, true);
            if (metric.ModelId is { } model && _knownModels.Count < MostCheckedKeys)
                _knownModels.TryAdd(model, true);
        }
    }

    /// <summary>Appends a record that nobody waits for.</summary>
    /// <returns>False when there is no journal, or its disk is full: the store is to be asked directly.</returns>
    private bool TryAppend(Span<byte> frame)
    {
        try
        {
            Register();
            return _writer.Append(frame);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TellOfNoJournal(error);
            return false;
        }
    }

    /// <summary>Appends a record and waits for the store's answer.</summary>
    /// <param name="record">The record.</param>
    /// <param name="directly">Asks the store, when there can be no journal.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The store's answer; null when it has none, or is away and the record waits in the journal.</returns>
    private async Task<object?> JournalAsync(JournalRecord record, Func<CancellationToken, Task<object?>> directly, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiting? waiting = null;
        long number = 0;
        try
        {
            Register();
            waiting = _writer.AppendAwaited(RecordEncoder.Encode(record), out number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TellOfNoJournal(error);
        }

        if (waiting is null)
            return await DirectlyAsync(directly, cancellationToken);
        try
        {
            return (await waiting.Answered.WaitAsync(_options.Journal.AnswerTimeout, _options.TimeProvider, cancellationToken)).Value;
        }
        catch (TimeoutException)
        {
            _writer.StopWaiting();
            _options.Warn(FormattableString.Invariant(
                $"The tracking store {_name} has not answered for {_options.Journal.AnswerTimeout.TotalSeconds:0.#} s. What is logged is kept in '{_writer.File.Stem}' and written when it does; until then nothing waits for it."));
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _writer.TryWithdraw(number, waiting);
            throw;
        }
    }

    private async Task<object?> DirectlyAsync(Func<CancellationToken, Task<object?>> directly, CancellationToken cancellationToken)
    {
        // What was logged before comes before.
        if (_ended == 0 && !await _writer.FlushAsync().WaitAsync(cancellationToken))
        {
            throw new MlflowException(
                $"This call was not logged: the journal of the tracking store {_name} cannot be written (its disk may be full), and the store itself does not "
                + $"take anything at present: {_writer.Outage?.Message} Free some space, or choose another place with JournalOptions.Folder.",
                ErrorCode.ResourceExhausted, _writer.Outage);
        }

        return await directly(cancellationToken);
    }

    private void TellOfNoJournal(Exception error)
    {
        if (_isWithoutJournal)
            return;
        _isWithoutJournal = true;
        _options.Warn(
            $"The journal of the tracking store {_name} cannot be written: {error.Message} Until it can, each call waits for the store itself. "
            + "Free some space, or choose another folder with JournalOptions.Folder or MLFLOWSHARP_JOURNAL_FOLDER.");
    }
}
