using MLflowSharp.Stores;

namespace MLflowSharp;

/// <summary>
/// MLflow's second level: every operation with explicit identifiers and no ambient run
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html). Safe for use from several threads.
/// Each method has an asynchronous and a synchronous form; both return when the data are stored.
/// </summary>
public sealed partial class MlflowClient : IDisposable
{
    private readonly ITrackingStore _store;

    /// <summary>Makes a client. A new database is created on first use, not here.</summary>
    /// <param name="trackingUri"><c>sqlite:///relative/path.db</c> or <c>sqlite:////absolute/path.db</c>; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not supported.</exception>
    public MlflowClient(string? trackingUri = null, MlflowClientOptions? options = null)
    {
        TrackingUri = trackingUri ?? Mlflow.GetTrackingUri();
        Options = options ?? new MlflowClientOptions();
        _store = TrackingStores.Get(TrackingUri, Options);
    }

    /// <summary>Where experiments and runs are kept.</summary>
    public string TrackingUri { get; }

    /// <summary>The settings in use.</summary>
    public MlflowClientOptions Options { get; }

    /// <summary>Closes the store. What was logged is stored already.</summary>
    public void Dispose() => _store.Dispose();

    // A .NET 10 program has no synchronisation context that blocking could deadlock.
    internal static void Wait(Task task) => task.GetAwaiter().GetResult();

    internal static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
