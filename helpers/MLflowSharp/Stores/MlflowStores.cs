namespace MLflowSharp.Stores;

/// <summary>The two stores behind one URI. They may share a database or a connection, and are closed together.</summary>
/// <param name="Tracking">Experiments, runs and logged models.</param>
/// <param name="Registry">Registered models.</param>
public sealed record MlflowStores(ITrackingStore Tracking, IModelRegistryStore Registry) : IDisposable
{
    /// <summary>Whether <see cref="Dispose"/> leaves both open, because somebody else closes them. Default: false.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>Closes both: first the one that may still have something to write, while a database that they share is open.</summary>
    public void Dispose()
    {
        if (LeaveOpen)
            return;
        Tracking.Dispose();
        Registry.Dispose();
    }
}
