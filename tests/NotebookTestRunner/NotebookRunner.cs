using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Staleness;
using NotebookTestRunner.Events;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Parameters;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner;

/// <summary>
/// Runs notebooks: each gets a kernel of its own, started as Jupyter would, which executes the code cells in order; each cell
/// is then judged by what it shows against what is stored.
/// </summary>
public sealed class NotebookRunner
{
    private readonly RunOptions options;
    private readonly TimeProvider time;

    /// <summary>Creates a runner, which may run any number of notebooks, also at the same time.</summary>
    /// <param name="options">How notebooks are run and judged; by default as <see cref="RunOptions"/> says.</param>
    /// <param name="time">The clock of durations and limits; by default the system's.</param>
    public NotebookRunner(RunOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new RunOptions();
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// Runs a notebook. Whatever happens once its kernel has started is in the result: errors, cells that take too long, a
    /// kernel that dies.
    /// </summary>
    /// <param name="path">The notebook's file.</param>
    /// <param name="progress">Told of each step, in order, before the next is taken.</param>
    /// <param name="cancellationToken">Stops the run: the running cell is interrupted, the kernel ends, and the result says what is known.</param>
    /// <exception cref="NotebookRunException">
    /// The notebook could not be run at all: its file cannot be read or is no notebook, a <c>// test:</c> comment is not
    /// understood, its kernel is not installed or does not start.
    /// </exception>
    public async Task<NotebookResult> RunAsync(string path, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();

        // Read to the end even when the run is stopped already: the result then names the cells that were not run.
        var readAt = File.GetLastWriteTimeUtc(path);
        var notebook = await Notebook.ReadAsync(path, CancellationToken.None);
        var settings = NotebookSettings.Read(path, notebook);
        var plans = CellPlan.ReadAll(notebook, path, options, settings);
        var needsKernel = plans.Any(plan => plan.IsExecuted);
        var kernelName = options.KernelName ?? notebook.KernelName;
        var kernel = needsKernel ? KernelSession.Find(kernelName, options, path) : null;
        var parameters = kernel is null || options.Parameters.Count == 0 ? null : NotebookParameters.Code(notebook, path, options.Parameters, kernel.Spec.Language);
        progress?.Report(new NotebookStarted(path, kernel?.Name ?? kernelName ?? "no kernel", plans.Count));

        NotebookRun run;
        CheckRun checks;
        await using (var session = kernel is null ? null : await StartAsync())
        {
            checks = await CheckRun.BeginAsync(options.Checks, Context(notebook, settings, path, session), CancellationToken.None);
            run = new NotebookRun(path, plans, checks, options, time, progress) { Parameters = parameters, CellTimeout = CellOracle.TimeoutOf(options, settings.Oracle) };
            await run.ExecuteAsync(session, cancellationToken);
        }
        await using (checks) await checks.AfterKernelAsync(cancellationToken);

        var result = new NotebookResult
        {
            Path = path,
            KernelName = kernel?.Name ?? kernelName,
            Cells = run.Results,
            Findings = [.. checks.Findings.Where(finding => !run.Results.Any(cell => cell.Findings.Contains(finding)))],
            Notebook = OutputWriter.WithOutputs(notebook, run.Results),
            StartedAt = startedAt,
            Message = run.Message,
            Cancelled = cancellationToken.IsCancellationRequested && run.Results.Any(cell => cell.Verdict == Verdict.NotRun),
        };
        if (options.Update) result = await UpdateAsync(result, notebook, plans, readAt);
        result = result with { Duration = time.GetElapsedTime(started) };
        progress?.Report(new NotebookFinished(path, result));
        return result;

        async Task<KernelSession?> StartAsync()
        {
            try
            {
                return await KernelSession.StartAsync(kernel, options, path, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Looks at a notebook without executing anything: what checks find in the file alone. The result has no cells.</summary>
    /// <param name="path">The notebook's file.</param>
    /// <param name="cancellationToken">Stops the inspection.</param>
    /// <exception cref="NotebookRunException">The file cannot be read or is no notebook, or what it says for a check is not understood.</exception>
    public async Task<NotebookResult> InspectAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var notebook = await Notebook.ReadAsync(path, cancellationToken);
        var settings = NotebookSettings.Read(path, notebook);
        CellPlan.ReadAll(notebook, path, options, settings);
        await using var checks = await CheckRun.BeginAsync(options.Checks, Context(notebook, settings, path, session: null), cancellationToken);
        await checks.EndAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new NotebookResult
        {
            Path = path,
            KernelName = options.KernelName ?? notebook.KernelName,
            Findings = checks.Findings,
            Notebook = notebook,
            StartedAt = startedAt,
            Duration = time.GetElapsedTime(started),
        };
    }

    private NotebookCheckContext Context(Notebook notebook, NotebookSettings settings, string path, KernelSession? session) => new()
    {
        Notebook = notebook,
        Settings = settings,
        Path = path,
        WorkingDirectory = options.WorkingDirectory ?? Path.GetDirectoryName(path)!,
        Options = options,
        Time = time,
        Kernel = session is null ? null : new RunningKernel(session, CellOracle.TimeoutOf(options, settings.Oracle), options.InterruptGracePeriod),
        Widgets = session?.Widgets ?? new(),
    };

    private static async Task<NotebookResult> UpdateAsync(NotebookResult result, Notebook notebook, IReadOnlyList<CellPlan> plans, DateTime readAt)
    {
        if (result.Verdict is not Verdict.Passed || !(OutputWriter.Update(plans, result.Cells, result.StartedAt) | CodeHash.Store(notebook) | notebook.Cells.Any(cell => cell.IsEdited))) return result;
        if (File.GetLastWriteTimeUtc(result.Path) != readAt)
            return result with { Message = $"The notebook {result.Path} was saved by somebody else while it ran, so its outputs were not stored: run the update again." };
        try
        {
            await notebook.WriteAsync(result.Path, CancellationToken.None);
            return result with { Updated = true };
        }
        catch (NotebookRunException error)
        {
            return result with { Message = error.Message };
        }
    }
}
