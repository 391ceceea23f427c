namespace NotebookTestRunner.Checks;

/// <summary>A check of the notebook as a file, which needs no kernel.</summary>
public abstract class InspectionCheck : INotebookCheck
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>Whether there is nothing to look at while outputs are being stored anew, because it is about those that are stored.</summary>
    protected virtual bool IsOfStoredOutputs => false;

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult<NotebookCheckSession?>(IsOfStoredOutputs && context.Options.Update ? null : new Session(this, context));
    }

    /// <summary>Looks at the notebook.</summary>
    /// <param name="context">The notebook.</param>
    /// <param name="cancellationToken">Stops it.</param>
    protected abstract Task<IReadOnlyList<Finding>> InspectAsync(NotebookCheckContext context, CancellationToken cancellationToken);

    private sealed class Session(InspectionCheck check, NotebookCheckContext context) : NotebookCheckSession
    {
        public override Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken) => check.InspectAsync(context, cancellationToken);
    }
}
