using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Execution;

/// <summary>All checks of one run of one notebook.</summary>
internal sealed class CheckRun : IAsyncDisposable
{
    private readonly List<(string Name, NotebookCheckSession Session)> sessions = [];
    private readonly List<Finding> findings = [];

    private CheckRun()
    {
    }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>Begins with a notebook.</summary>
    /// <exception cref="NotebookRunException">What the notebook says for a check is not understood.</exception>
    public static async Task<CheckRun> BeginAsync(IReadOnlyList<INotebookCheck> checks, NotebookCheckContext context, CancellationToken cancellationToken)
    {
        var run = new CheckRun();
        try
        {
            foreach (var check in checks)
            {
                if (await check.BeginAsync(context, cancellationToken) is { } session) run.sessions.Add((check.Name, session));
            }
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public Task BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken) =>
        AskAsync(cell.Number, session => session.BeforeCellAsync(cell, cancellationToken), cancellationToken);

    public Task AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken) =>
        AskAsync(cell.Cell.Number, session => session.AfterCellAsync(cell, cancellationToken), cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => AskAsync(null, session => session.EndAsync(cancellationToken), cancellationToken);

    public Task AfterKernelAsync(CancellationToken cancellationToken) => AskAsync(null, session => session.AfterKernelAsync(cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, session) in sessions) await session.DisposeAsync();
    }

    private async Task AskAsync(int? cell, Func<NotebookCheckSession, Task<IReadOnlyList<Finding>>> question, CancellationToken cancellationToken)
    {
        foreach (var (name, session) in sessions)
        {
            try
            {
                findings.AddRange(await question(session));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Whoever stops the run is told by the cells that were not run.
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // A check that breaks must not pass for one that found nothing.
                findings.Add(new(name, cell, error is NotebookRunException ? error.Message : $"The check could not be made: {error.Message}"));
            }
        }
    }
}
