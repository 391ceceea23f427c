using MLflowSharp.Stores;

namespace MLflowSharp;

/// <summary>
/// MLflow's second level: every operation with explicit identifiers and no ambient run
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html). Safe for use from several threads.
/// Each method has an asynchronous and a synchronous form; both return when the data are stored.
/// </summary>
public sealed partial class MlflowClient : IDisposable
{
    private readonly MlflowStores _stores;
    private readonly MlflowStores? _registryStores;
    private readonly ITrackingStore _store;
    private readonly IModelRegistryStore _registry;

    /// <summary>Makes a client. A new database is created on first use, not here.</summary>
    /// <param name="trackingUri"><c>sqlite:///relative/path.db</c> or <c>sqlite:////absolute/path.db</c>; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="registryUri">Where registered models are kept; null for the same place.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not supported.</exception>
    public MlflowClient(string? trackingUri = null, MlflowClientOptions? options = null, string? registryUri = null)
    {
        TrackingUri = trackingUri ?? Mlflow.GetTrackingUri();
        RegistryUri = registryUri ?? TrackingUri;
        Options = options ?? new MlflowClientOptions();
        _stores = StoreFactory.Open(TrackingUri, Options);
        _registryStores = RegistryUri == TrackingUri ? null : StoreFactory.Open(RegistryUri, Options);
        _store = _stores.Tracking;
        _registry = (_registryStores ?? _stores).Registry;
    }

    /// <summary>Makes a client on stores that are open already, for instance in tests. They are closed with the client.</summary>
    /// <param name="stores">The stores.</param>
    /// <param name="trackingUri">How the stores are called.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public MlflowClient(MlflowStores stores, string trackingUri, MlflowClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stores);
        TrackingUri = RegistryUri = trackingUri;
        Options = options ?? new MlflowClientOptions();
        _stores = stores;
        _store = stores.Tracking;
        _registry = stores.Registry;
    }

    /// <summary>Where experiments and runs are kept.</summary>
    public string TrackingUri { get; }

    /// <summary>Where registered models are kept.</summary>
    public string RegistryUri { get; }

    /// <summary>The settings in use.</summary>
    public MlflowClientOptions Options { get; }

    /// <summary>Closes the store. What was logged is stored already.</summary>
    public void Dispose()
    {
        _registryStores?.Dispose();
        _stores.Dispose();
    }

    // A .NET 10 program has no synchronisation context that blocking could deadlock.
    internal static void Wait(Task task) => task.GetAwaiter().GetResult();

    internal static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
