using NotebookTestRunner.Checks.Tracking;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>What claims are compared with at some moment of a run.</summary>
/// <param name="Context">The notebook and its kernel.</param>
/// <param name="Outputs">What the cells executed so far showed, by their numbers.</param>
internal sealed record ClaimScene(NotebookCheckContext Context, IReadOnlyDictionary<int, IReadOnlyList<CellOutput>> Outputs)
{
    /// <summary>The notebook's folder, from which its links go out.</summary>
    public string Folder => Path.GetDirectoryName(Context.Path)!;

    /// <summary>Reads the notebook's tracking store.</summary>
    public Task<StoreReading> ReadStoreAsync(CancellationToken cancellationToken) => StoreReading.ReadAsync(StoreLocation.Of(null, Context), cancellationToken);
}
