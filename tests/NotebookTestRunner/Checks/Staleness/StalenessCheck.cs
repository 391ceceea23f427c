namespace NotebookTestRunner.Checks.Staleness;

/// <summary>
/// Whether stored outputs came from the code that stands there now. What <c>--update</c> stored can be told by its hash; of a notebook that Jupyter
/// saved nothing is known, and nothing is found.
/// </summary>
public sealed class StalenessCheck : InspectionCheck
{
    /// <inheritdoc/>
    public override string Name => "staleness";

    /// <inheritdoc/>
    protected override bool IsOfStoredOutputs => true;

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<Finding>> InspectAsync(NotebookCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Find(context)]);

    private IEnumerable<Finding> Find(NotebookCheckContext context)
    {
        if (CodeHash.Read(context.Notebook) is not { } stored) yield break;

        var hasChangeAbove = false;
        foreach (var (cell, id, own, down) in CodeHash.Of(context.Notebook))
        {
            var isKnown = stored.TryGetValue(id, out var hashes);
            var isChanged = !isKnown || hashes.Own != own;
            if (isChanged)
            {
                yield return new(Name, cell.Number, isKnown
                    ? "Its code was changed since its outputs were stored: run it, and store what it shows now with --update."
                    : "It is new since outputs were stored: run the notebook, and store what it shows with --update.");
            }
            else if (!hasChangeAbove && hashes.Down != down)
            {
                yield return new(Name, cell.Number, "Cells above it were moved or deleted since its outputs were stored: run the notebook, and store what it shows now with --update.");
            }
            hasChangeAbove |= isChanged || hashes.Down != down;
        }
    }
}
