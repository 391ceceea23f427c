using NotebookTestRunner.Execution;

namespace NotebookTestRunner.Series;

/// <summary>
/// Kernels started ahead, each for the very notebook that will use it, as a kernel's working directory and environment cannot be changed later.
/// Called by one thread at a time.
/// </summary>
/// <param name="most">How many may wait at the same time.</param>
/// <param name="cancellationToken">Gives up starting.</param>
internal sealed class KernelPool(int most, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly Dictionary<int, Task<KernelSession?>> waiting = [];

    /// <summary>Starts the kernel of the first of these notebooks that has none yet, if there is room.</summary>
    public void Prepare(IEnumerable<SeriesEntry> notebooks)
    {
        if (waiting.Count >= most || cancellationToken.IsCancellationRequested) return;
        if (notebooks.FirstOrDefault(entry => !waiting.ContainsKey(entry.Index)) is not { } next) return;
        try
        {
            var options = next.Options();
            waiting[next.Index] = Task.Run(() => StartAsync(next, options), CancellationToken.None);
        }
        catch (NotebookRunException)
        {
            // Told when its turn comes.
            return;
        }
    }

    /// <summary>Hands out the kernel of a notebook; null when none was started for it.</summary>
    public Task<KernelSession?>? Take(SeriesEntry notebook)
    {
        waiting.Remove(notebook.Index, out var kernel);
        return kernel;
    }

    /// <summary>Ends the kernels that nobody used.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var kernel in waiting.Values)
        {
            if (await kernel is not { } session) continue;
            // It holds nothing that a polite end would save.
            await session.KillAsync();
            await session.DisposeAsync();
        }
    }

    private async Task<KernelSession?> StartAsync(SeriesEntry entry, RunOptions options)
    {
        try
        {
            if (options.Host is not null || entry.File is not { } file || !CellPlan.ReadAll(file.Notebook, entry.Path, options, file.Settings).Any(plan => plan.IsExecuted) || entry.Lookup(options)?.Hit is not null) return null;
            return await KernelSession.StartAsync(KernelSession.Find(options.KernelName ?? file.Notebook.KernelName, options, entry.Path), options, entry.Path, cancellationToken);
        }
        catch (Exception error) when (error is NotebookRunException or OperationCanceledException)
        {
            // It is tried again when the notebook's turn comes, and what is wrong is told then.
            return null;
        }
    }
}
