using NotebookTestRunner.Audits;
using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Caching;
using NotebookTestRunner.Events;

namespace NotebookTestRunner.Series;

/// <summary>
/// Runs notebooks, several at the same time where asked to, with the next kernels started ahead. Notebooks that name a common lock
/// (<c>lock: port-5000</c> in <c>notebook-test.yml</c> or their metadata) never run together.
/// </summary>
public sealed class NotebookSeries
{
    private readonly SeriesOptions options;
    private readonly TimeProvider time;

    /// <summary>Creates a series.</summary>
    /// <param name="options">How the notebooks are run; by default one after the other, as <see cref="RunOptions"/> says.</param>
    /// <param name="time">The clock of durations and limits; by default the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is out of range.</exception>
    public NotebookSeries(SeriesOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new SeriesOptions();
        this.time = time ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.WarmKernels);
    }

    /// <summary>Runs notebooks. Nothing that happens to one keeps the others from being run.</summary>
    /// <param name="notebooks">Their paths. They are begun in this order, save that a notebook whose lock is held lets others go first.</param>
    /// <param name="progress">Told of each step, one at a time; the steps of notebooks that run together alternate.</param>
    /// <param name="finished">
    /// Called each time a notebook is done, one call at a time, with the results known so far in the order of <paramref name="notebooks"/>: for
    /// reports that show all that is known, whatever happens next.
    /// </param>
    /// <param name="cancellationToken">Stops the running notebooks; those after them are not run.</param>
    /// <returns>One result for each notebook, in the order of <paramref name="notebooks"/>, whichever was done first.</returns>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(
        IReadOnlyList<string> notebooks,
        IProgress<RunEvent>? progress = null,
        Func<IReadOnlyList<NotebookResult>, Task>? finished = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        await using var kernels = new KernelPool(options.WarmKernels, cancellationToken);
        var waiting = new List<SeriesEntry>(notebooks.Select((path, index) => new SeriesEntry(index, Path.GetFullPath(path), options.OptionsFor, options.Twice || options.Sections || options.InspectOnly ? null : options.Cache)));
        var steps = new SeriesProgress(progress, () => kernels.Prepare(waiting));
        var results = new NotebookResult?[notebooks.Count];
        var running = new Dictionary<Task<NotebookResult>, SeriesEntry>();
        BeginNext();
        while (running.Count > 0)
        {
            var done = await Task.WhenAny(running.Keys);
            running.Remove(done, out var entry);
            results[entry!.Index] = await done;
            // First, so that no kernel waits for reports to be written.
            BeginNext();
            if (finished is not null) await finished([.. results.OfType<NotebookResult>()]);
        }

        foreach (var entry in waiting) results[entry.Index] = NotRun(entry.Path);
        return [.. results.Select(result => result!)];

        void BeginNext()
        {
            while (running.Count < options.Parallel && !cancellationToken.IsCancellationRequested && Next() is { } next)
                running.Add(Task.Run(() => RunOneAsync(next, kernels, steps, cancellationToken), CancellationToken.None), next);
        }

        SeriesEntry? Next()
        {
            lock (steps.Gate)
            {
                var next = waiting.FirstOrDefault(entry => !running.Values.Any(other => other.Locks.Overlaps(entry.Locks)));
                if (next is not null) waiting.Remove(next);
                return next;
            }
        }
    }

    /// <summary>The result of a notebook whose turn never came, because the series was stopped before it.</summary>
    private static NotebookResult NotRun(string path) => new() { Path = path, Cancelled = true, Message = "Not run: the run was interrupted before it." };

    private async Task<NotebookResult> RunOneAsync(SeriesEntry entry, KernelPool kernels, SeriesProgress steps, CancellationToken cancellationToken)
    {
        try
        {
            RunOptions run;
            lock (steps.Gate) run = entry.Options() with { WarmKernel = kernels.Take(entry) };
            var runner = new NotebookRunner(run, time);
            if (options.Twice && !options.InspectOnly) return await new DeterminismAudit(run, time).RunAsync(entry.Path, steps, cancellationToken);
            if (options.Sections && !options.InspectOnly) return await new SectionsAudit(run, PrepareAgain, time).RunAsync(entry.Path, steps, cancellationToken);
            if (entry.Lookup(run) is { } lookup) return await RememberAsync(lookup, runner);
            if (!options.InspectOnly) return await runner.RunAsync(entry.Path, steps, cancellationToken);
            return Told(await runner.InspectAsync(entry.Path, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Told(NotRun(entry.Path));
        }
        catch (NotebookRunException error)
        {
            return Failed(error);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A fault of the runner itself, or of a check: the other notebooks still run.
            return Failed(new NotebookRunException($"The notebook {entry.Path} could not be run to its end ({error.GetType().Name}: {error.Message}).", error));
        }

        RunOptions PrepareAgain()
        {
            lock (steps.Gate) return options.OptionsFor(entry.Path);
        }

        async Task<NotebookResult> RememberAsync(CacheLookup lookup, NotebookRunner runner) => lookup.Hit is { } hit
            ? Told(hit with { StartedAt = time.GetUtcNow() })
            : await options.Cache!.KeepAsync(lookup, await runner.RunAsync(entry.Path, steps, cancellationToken), cancellationToken);

        NotebookResult Failed(NotebookRunException error) => Told(NotebookResult.FromError(entry.Path, error) with { StartedAt = time.GetUtcNow() });

        NotebookResult Told(NotebookResult result)
        {
            steps.Report(new NotebookFinished(entry.Path, result));
            return result;
        }
    }
}
