namespace MLflowSharp.Stores;

/// <summary>The two stores behind one URI. They may share a database or a connection, and are closed together.</summary>
/// <param name="Tracking">Experiments, runs and logged models.</param>
/// <param name="Registry">Registered models.</param>
public sealed record MlflowStores(ITrackingStore Tracking, IModelRegistryStore Registry) : IDisposable
{
    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        Registry.Dispose();
        Tracking.Dispose();
    }
}
