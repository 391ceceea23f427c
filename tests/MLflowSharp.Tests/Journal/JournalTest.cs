using System.Collections.Concurrent;
using MLflowSharp.Journal;
using MLflowSharp.Journal.Files;
using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Journal;

/// <summary>A test of the journal: a database, a client whose store can be told to fail, and what was warned of.</summary>
public abstract class JournalTest : IDisposable
{
    private readonly List<MlflowClient> _clients = [];
    private readonly SemaphoreSlim _warned = new(0);

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>What users were told.</summary>
    protected ConcurrentQueue<string> Warnings { get; } = new();

    protected string JournalFolder => Folder.DatabasePath + ".journals";

    protected virtual MlflowClientOptions Options => Folder.Options with
    {
        Warn = Warn,
        // Long enough for a machine that does ten things at once: only a test that fails waits for it.
        Journal = new() { Folder = null, WriteDelay = TimeSpan.FromMilliseconds(10), DrainTimeout = TimeSpan.FromMinutes(2), AnswerTimeout = TimeSpan.FromMinutes(2) },
    };

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        Folder.Dispose();
        _warned.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client on the database, through a store that can be told to fail.</summary>
    protected (MlflowClient Client, FaultyStore Faults) NewClient(MlflowClientOptions? options = null)
    {
        options ??= Options;
        var stores = StoreFactory.Open(Folder.TrackingUri, options);
        var (store, faults) = FaultyStore.Around(stores.Tracking);
        var client = new MlflowClient(
            stores with { Tracking = new JournaledTrackingStore(store, Folder.TrackingUri, Folder.DatabasePath, options) }, Folder.TrackingUri, options);
        _clients.Add(client);
        return (client, faults);
    }

    /// <summary>Waits until users were told something: the journal's thread tells it while the call that waited for the store goes on.</summary>
    /// <param name="text">A part of it.</param>
    protected async Task<string> WarningAsync(string text)
    {
        while (true)
        {
            if (Warnings.FirstOrDefault(warning => warning.Contains(text, StringComparison.Ordinal)) is { } told)
                return told;
            await _warned.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A run to log to.</summary>
    protected string NewRun()
    {
        using var client = new MlflowClient(Folder.TrackingUri, Options with { Journal = new() { Enabled = false } });
        return client.CreateRun("0").Info.RunId;
    }

    /// <summary>What the database itself has, whatever journals hold.</summary>
    protected IReadOnlyList<Metric> Stored(string runId, string key = "loss")
    {
        using var client = new MlflowClient(Folder.TrackingUri, Options with { Journal = new() { Enabled = false } });
        return client.GetMetricHistory(runId, key);
    }

    /// <summary>What the database itself has of a run, whatever journals hold.</summary>
    protected Run StoredRun(string runId)
    {
        using var client = new MlflowClient(Folder.TrackingUri, Options with { Journal = new() { Enabled = false } });
        return client.GetRun(runId);
    }

    /// <summary>Of a client that is to end while its store is away.</summary>
    protected MlflowClientOptions Impatient => Options with { Journal = Options.Journal with { DrainTimeout = TimeSpan.Zero } };

    /// <summary>The files with records.</summary>
    protected string[] Segments() => Directory.Exists(JournalFolder) ? [.. Directory.GetFiles(JournalFolder, "*" + SegmentFile.Extension).Order()] : [];

    /// <summary>
    /// Makes a journal as a killed process leaves it: a client whose store is away logs, and its files are copied while it lives; the copies are put
    /// where the next client finds them.
    /// </summary>
    protected void LeaveJournal(Action<MlflowClient> log)
    {
        var (client, faults) = NewClient(Impatient);
        faults.Before = (method, arguments) =>
        {
            if (method is not ("GetRunAsync" or "CreateRunAsync"))
                FaultyStore.Unreachable(method, arguments);
        };
        log(client);
        client.Dispose();
        Warnings.Clear();
    }

    private void Warn(string message)
    {
        Warnings.Enqueue(message);
        _warned.Release();
    }
}
