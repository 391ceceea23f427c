namespace MLflowSharp.Stores;

/// <summary>
/// A store that tells at little cost whether something in it has changed, whoever changed it, so that what was read before may be shown again. Databases
/// are such; a folder of files and a server are not.
/// </summary>
internal interface IWatchedStore
{
    /// <summary>A text that is another than before when anything was written since; when nothing was, it is the same as long as the connection lives.</summary>
    /// <returns>The text; null when the store cannot tell.</returns>
    Task<string?> GetStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// How many points a metric of some runs has. MLflow adds points and never changes one, and takes them away only with their run: as many as before are
    /// the same as before.
    /// </summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="key">The metric.</param>
    /// <param name="atMost">Where counting ends.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The counts of those runs that exist.</returns>
    Task<IReadOnlyDictionary<string, long>> CountPointsAsync(IReadOnlyList<string> runIds, string key, long atMost, CancellationToken cancellationToken);
}
