using System.Collections.Concurrent;
using MLflowSharp.Journal.Delivery;
using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Recovery;
using MLflowSharp.Stores;
using MLflowSharp.Validation;

namespace MLflowSharp.Journal;

/// <summary>
/// A store behind a journal. Metrics of a run that is known to be there are appended to the journal, and the call returns; what the store may have
/// something to say about (a changed parameter, a deleted run) is appended as well and waits for the store's answer, unless the store is away.
/// Reads wait until the store has what was logged before. See docs/decisions/0013-journal-first.md.
/// </summary>
internal sealed partial class JournaledTrackingStore : ITrackingStore
{
    // So many names are remembered as checked; a program that makes up a name for each value does not fill the memory.
    private const int MostCheckedKeys = 10_000;
    private const int MostKnownRuns = 100_000;

    private readonly ITrackingStore _inner;
    private readonly MlflowClientOptions _options;
    private readonly EntityValidator _validator;
    private readonly JournalWriter _writer;
    private readonly string _name;
    private readonly ConcurrentDictionary<string, KnownRun> _runs = new();
    private readonly ConcurrentDictionary<string, bool> _checkedKeys = new();
    private readonly ConcurrentDictionary<string, bool> _knownModels = new();
    private readonly ConcurrentDictionary<string, MlflowException> _problems = new();
    private volatile bool _isRegistered;
    private volatile bool _isWithoutJournal;
    private int _ended;
    private int _disposed;

    /// <summary>Puts a journal before a store.</summary>
    /// <param name="inner">The store; closed with this one.</param>
    /// <param name="storeUri">Its URI.</param>
    /// <param name="localPath">Its file or folder; null when it is on a server.</param>
    /// <param name="options">Settings.</param>
    public JournaledTrackingStore(ITrackingStore inner, string storeUri, string? localPath, MlflowClientOptions options)
    {
        _inner = inner;
        _options = options;
        _validator = new EntityValidator(options.Warn);
        var name = StoreUri.WithoutSecrets(localPath is not null && storeUri.StartsWith("sqlite:", StringComparison.Ordinal) ? $"sqlite:///{localPath}" : localPath ?? storeUri).TrimEnd('/');
        _name = $"'{name}'";
        var folders = JournalFolders.Of(storeUri, localPath, options.Journal);
        Folder = folders[0];
        var file = new JournalFile(folders, Header, options.Journal.FlushToDisk);
        var isLeft = JournalRecovery.IsWorthwhile(folders);
        var recovery = new JournalRecovery(inner, folders, _name, options);
        _writer = new JournalWriter(file, inner, options, _name, AddProblem, isLeft ? recovery.Run : null);

        JournalHeader Header() => new(
            JournalHeader.CurrentFormat, ClientName, HostIdentity.Current, options.TimeProvider.GetUtcNow(), name);
    }

    /// <summary>Where the journals of this store are kept when nothing is in the way.</summary>
    public string Folder { get; }

    private static string ClientName { get; } = $"MLflowSharp {typeof(MlflowClient).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Waits until everything logged is in the store.</summary>
    /// <exception cref="MlflowException">TEMPORARILY_UNAVAILABLE when it could not be written; or what the store refused since the last call.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var store in OpenJournals.OfStore(Folder))
        {
            if (!await store._writer.FlushAsync().WaitAsync(cancellationToken))
            {
                throw new MlflowException(
                    $"The tracking store {_name} does not take what was logged at present: {store._writer.Outage?.Message} It is kept in '{store._writer.File.Stem}' "
                    + "and written as soon as the store takes it.", ErrorCode.TemporarilyUnavailable, store._writer.Outage);
            }

            foreach (var runId in store._problems.Keys)
                store.ThrowProblem(runId);
        }
    }

    /// <summary>Ends the journal, as far as possible with everything in the store; later calls go to the store directly.</summary>
    public void EndJournal()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        var isDone = _writer.Close(_options.Journal.DrainTimeout);
        foreach (var problem in _problems.Values)
            _options.Warn(problem.Message);
        if (!isDone && _writer.File.Appended != _writer.File.Delivered)
        {
            _options.Warn(
                $"{_writer.File.Appended - _writer.File.Delivered} records could not be written to the tracking store {_name} before the end"
                + (_writer.Outage is { } outage ? $" ({outage.Message})" : "")
                + $". They are kept in '{_writer.File.Stem}'; the next program that uses this store with MLflowSharp writes them, or MlflowJournals.Replay.");
        }

        _writer.Dispose();
        OpenJournals.Remove(this);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        EndJournal();
        _inner.Dispose();
    }

    /// <summary>Lets the store have what was logged by this process before it is asked.</summary>
    private Task ReadyAsync(CancellationToken cancellationToken)
    {
        BeginRecovery();
        List<Task<bool>>? flushes = null;
        foreach (var store in OpenJournals.OfStore(Folder))
        {
            if (store._writer.HasWork)
                (flushes ??= []).Add(store._writer.FlushAsync());
        }

        return flushes is null ? Task.CompletedTask : WaitAsync(flushes);

        async Task WaitAsync(List<Task<bool>> flushes)
        {
            try
            {
                await Task.WhenAll(flushes).WaitAsync(_options.Journal.AnswerTimeout, _options.TimeProvider, cancellationToken);
            }
            catch (TimeoutException)
            {
                _options.Warn($"The tracking store {_name} has not taken everything yet that was logged before; the answer that follows may lack the newest values.");
            }
        }
    }

    /// <summary>Starts to replay what ended processes left, at the first call: a client that is only made and dropped does nothing.</summary>
    private void BeginRecovery()
    {
        if (!_writer.IsRecovering || _ended != 0)
            return;
        Register();
        _writer.StartIfNeeded();
    }

    private void Register()
    {
        if (_isRegistered)
            return;
        _isRegistered = true;
        OpenJournals.Add(this);
    }

    private void AddProblem(string runId, MlflowException problem) => _problems.TryAdd(runId, problem);

    /// <summary>Tells a caller what became of an earlier call of the run.</summary>
    private void ThrowProblem(string runId)
    {
        if (!_problems.IsEmpty && _problems.TryRemove(runId, out var problem))
            throw problem;
    }

    private void Remember(RunInfo info)
    {
        if (info.LifecycleStage != LifecycleStage.Active)
        {
            Forget(info.RunId);
            return;
        }

        if (_runs.Count >= MostKnownRuns)
            _runs.Clear();
        _runs[info.RunId] = new(info);
    }

    private void Forget(string runId) => _runs.TryRemove(runId, out _);

    /// <summary>A run that the store is known to have, active.</summary>
    /// <param name="Info">What the store last said of it; null when it only took a value.</param>
    private sealed record KnownRun(RunInfo? Info);
}
