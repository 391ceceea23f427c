using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks;

/// <summary>A check at work on one run of one notebook. Its methods are called one after the other; each does nothing unless overridden.</summary>
public abstract class NotebookCheckSession : IAsyncDisposable
{
    /// <summary>Called before a code cell is executed; not for cells that are skipped or not run.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What is to be said about it already.</returns>
    public virtual Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>Called after a code cell was executed, however it ended.</summary>
    /// <param name="cell">The cell and what became of it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What is to be said about it, or about others.</returns>
    public virtual Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>Called when the last cell is done, while the kernel still runs (unless it died); also when the notebook was only inspected.</summary>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What is to be said about any cell, or the notebook as a whole.</returns>
    public virtual Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>Called once the kernel has ended, or is about to: what only holds then, such as processes that are left.</summary>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What is to be said.</returns>
    public virtual Task<IReadOnlyList<Finding>> AfterKernelAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>Lets go of what the check holds.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
