namespace MLflowSharp.Maintenance;

/// <summary>A store from which what was deleted can be removed for good. Tracking servers cannot do it; MLflow's <c>gc</c> asks for the store, too.</summary>
internal interface IPurgingStore
{
    /// <summary>Lists what is deleted. Of a deleted experiment also the runs and models in it.</summary>
    Task<IReadOnlyList<DeletedItem>> ListDeletedAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes an item for good, unless it was restored meanwhile. Its artifacts are the caller's to remove before.</summary>
    /// <exception cref="MlflowException">INVALID_STATE: it is active again.</exception>
    Task PurgeAsync(DeletedItem item, CancellationToken cancellationToken = default);
}
