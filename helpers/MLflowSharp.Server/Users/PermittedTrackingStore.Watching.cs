using MLflowSharp.Stores;

namespace MLflowSharp.Server.Users;

internal sealed partial class PermittedTrackingStore : IWatchedStore
{
    /// <summary>The state of the whole store, whatever the user may see of it.</summary>
    public async Task<string?> GetStateAsync(CancellationToken cancellationToken) =>
        inner is IWatchedStore watched ? await watched.GetStateAsync(cancellationToken) : null;

    public async Task<IReadOnlyDictionary<string, long>> CountPointsAsync(IReadOnlyList<string> runIds, string key, long atMost, CancellationToken cancellationToken)
    {
        await RequireReadAsync(runIds, cancellationToken);
        return await ((IWatchedStore)inner).CountPointsAsync(runIds, key, atMost, cancellationToken);
    }
}
