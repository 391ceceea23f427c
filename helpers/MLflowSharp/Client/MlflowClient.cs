using MLflowSharp.Artifacts;
using MLflowSharp.Journal;
using MLflowSharp.Stores;

namespace MLflowSharp;

/// <summary>
/// MLflow's second level: every operation with explicit identifiers and no ambient run
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html). Safe for use from several threads.
/// Each method has an asynchronous and a synchronous form. What is logged goes into a journal first: metrics return when they are in it, and are in
/// the store a moment later; parameters, tags, inputs and the end of a run return when the store has taken or refused them, or, while it cannot be
/// reached, when they are in the journal, with a warning. Reads through any client of this process see everything logged before. What the store
/// refuses afterwards is thrown by the next call for that run, by its end, or by <see cref="FlushAsync"/>. <see cref="MlflowClientOptions.Journal"/>
/// switches the journal off: then every call returns when the store has answered.
/// </summary>
public sealed partial class MlflowClient : IDisposable
{
    private readonly MlflowStores _stores;
    private readonly MlflowStores? _registryStores;
    private readonly ITrackingStore _store;
    private readonly JournaledTrackingStore? _journaled;
    private readonly IModelRegistryStore _registry;
    private readonly ArtifactRepositories _artifacts;
    private readonly string _trackingUri;
    private readonly string _registryUri;

    /// <summary>Makes a client. A new database is created on first use, not here.</summary>
    /// <param name="trackingUri"><c>sqlite:///relative/path.db</c> or <c>sqlite:////absolute/path.db</c>, or a folder of files: <c>./mlruns</c>, <c>file:///full/path</c>; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="registryUri">Where registered models are kept; null for what <see cref="Mlflow.SetRegistryUri"/> or the environment variable <c>MLFLOW_REGISTRY_URI</c> says, else the same place.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not supported.</exception>
    public MlflowClient(string? trackingUri = null, MlflowClientOptions? options = null, string? registryUri = null)
    {
        _trackingUri = trackingUri ?? Mlflow.GetTrackingUri();
        _registryUri = registryUri ?? Mlflow.RegistryUriOrNull ?? _trackingUri;
        Options = options ?? new MlflowClientOptions();
        _stores = JournaledStores.Open(_trackingUri, Options);
        _registryStores = _registryUri == _trackingUri ? null : StoreFactory.Open(_registryUri, Options);
        _store = _stores.Tracking;
        _journaled = _store as JournaledTrackingStore;
        _registry = (_registryStores ?? _stores).Registry;
        _artifacts = new ArtifactRepositories(_trackingUri, Options);
    }

    /// <summary>Makes a client on stores that are open already, for instance in tests. They are closed with the client.</summary>
    /// <param name="stores">The stores.</param>
    /// <param name="trackingUri">How the stores are called.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public MlflowClient(MlflowStores stores, string trackingUri, MlflowClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stores);
        _trackingUri = _registryUri = trackingUri;
        Options = options ?? new MlflowClientOptions();
        _stores = stores;
        _store = stores.Tracking;
        _journaled = _store as JournaledTrackingStore;
        _registry = stores.Registry;
        _artifacts = new ArtifactRepositories(_trackingUri, Options);
    }

    /// <summary>
    /// Where experiments and runs are kept, fit to be shown: without a name and password, and the query. The URI with them, which another process needs to
    /// reach the same store, is what the client was made with, or <see cref="Mlflow.GetTrackingUri"/>.
    /// </summary>
    public string TrackingUri => StoreUri.WithoutSecrets(_trackingUri);

    /// <summary>The tracking URI as it was given, secrets included, for processes of this program.</summary>
    internal string Address => _trackingUri;

    /// <summary>Where registered models are kept, fit to be shown as <see cref="TrackingUri"/>.</summary>
    public string RegistryUri => StoreUri.WithoutSecrets(_registryUri);

    /// <summary>The settings in use.</summary>
    public MlflowClientOptions Options { get; }

    /// <summary>
    /// Waits until everything this process has logged to the store is in it, as MLflow's <c>flush_async_logging</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.flush_async_logging).
    /// </summary>
    /// <param name="cancellationToken">Cancels waiting; what was logged stays in the journal.</param>
    /// <exception cref="MlflowException">TEMPORARILY_UNAVAILABLE when the store cannot be reached (what was logged stays in the journal); else what the store refused.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _journaled?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc cref="FlushAsync"/>
    public void Flush() => Wait(FlushAsync());

    /// <summary>
    /// Writes what is still in the journal, for at most <see cref="JournalOptions.DrainTimeout"/>, and closes the store. What could not be written
    /// stays in the journal for the next process, and <see cref="MlflowClientOptions.Warn"/> is told.
    /// </summary>
    public void Dispose()
    {
        _artifacts.Dispose();
        _registryStores?.Dispose();
        _stores.Dispose();
    }

    /// <summary>Says which stores the client speaks to, without any secret.</summary>
    public override string ToString() => $"MlflowClient of {TrackingUri}{(_registryUri == _trackingUri ? "" : $", registry {RegistryUri}")}";

    /// <summary>How a notebook shows the client: as its text.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    /// <summary>Whether the client was made for these stores.</summary>
    internal bool IsOf(string trackingUri, string registryUri) => (_trackingUri, _registryUri) == (trackingUri, registryUri);

    // A .NET 10 program has no synchronisation context that blocking could deadlock.
    internal static void Wait(Task task) => task.GetAwaiter().GetResult();

    internal static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
