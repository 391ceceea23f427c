using NotebookTestRunner.Events;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Parameters;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Execution;

/// <summary>Takes the cells of one notebook through their kernel, in order, and keeps what became of each.</summary>
internal sealed class NotebookRun(string path, IReadOnlyList<CellPlan> plans, CheckRun checks, RunOptions options, TimeProvider time, IProgress<RunEvent>? progress)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly long started = time.GetTimestamp();
    private readonly OutputCollector collector = new();
    private readonly CellJudge judge = new(options);
    private readonly CellResult?[] results = new CellResult?[plans.Count];
    private readonly CellExecution?[] executions = new CellExecution?[plans.Count];

    private readonly HashSet<int> reported = [];

    private WidgetModels widgets = new();

    /// <summary>Why the selected cells cannot be judged: one before them failed that is executed for their sake only.</summary>
    private string? missing;

    /// <summary>Why the rest of the cells is not executed, or null while there is no reason.</summary>
    private string? stopReason;

    /// <summary>The results of all cells.</summary>
    public IReadOnlyList<CellResult> Results => [.. results.Select(result => result!)];

    /// <summary>Code that sets parameters, executed after the cell that declares them; null for none.</summary>
    public string? Parameters { get; init; }

    /// <summary>How long a cell may run that has no limit of its own.</summary>
    public required TimeSpan CellTimeout { get; init; }

    /// <summary>What went wrong with the notebook as a whole, or null.</summary>
    public string? Message { get; private set; }

    /// <summary>Executes and judges all cells, or says why they are not executed.</summary>
    /// <param name="kernel">The kernel; null when none could be started because the run was stopped, or none is needed.</param>
    /// <param name="cancellationToken">Stops the running cell; the cells after it are not executed.</param>
    public async Task ExecuteAsync(KernelSession? kernel, CancellationToken cancellationToken)
    {
        widgets = kernel?.Widgets ?? widgets;
        var executor = kernel is null ? null : new CellExecutor(kernel, collector, options, time, path, progress);
        var parametersAfter = Parameters is null || kernel is null ? -1
            : plans.Where(plan => plan.Cell.Tags.Contains(NotebookParameters.Tag)).Select(plan => plan.Number).FirstOrDefault();
        if (parametersAfter == 0) await SetParametersAsync(kernel!, cancellationToken);
        for (var i = 0; i < plans.Count; i++)
        {
            if (cancellationToken.IsCancellationRequested) stopReason ??= "Not run: the run was stopped before.";
            if (plans[i].Directives.Skip) Finish(i, plans[i].NotExecuted(Verdict.Skipped, "Skipped: the notebook says so."));
            else if (plans[i].Role == CellRole.LeftOut) Finish(i, plans[i].NotExecuted(Verdict.Skipped, "Not selected."));
            else if (missing is not null && plans[i].Role == CellRole.Judged) Finish(i, plans[i].NotExecuted(Verdict.Failed, missing));
            else if (stopReason is not null || executor is null) Finish(i, plans[i].NotExecuted(Verdict.NotRun, stopReason ?? "Not run: there is no kernel."));
            else await ExecuteAsync(i, executor, cancellationToken);
            if (plans[i].Number == parametersAfter && stopReason is null) await SetParametersAsync(kernel!, cancellationToken);
        }
        await checks.EndAsync(cancellationToken);
        Reconsider();
    }

    private async Task SetParametersAsync(KernelSession kernel, CancellationToken cancellationToken)
    {
        try
        {
            var evaluation = await new RunningKernel(kernel, CellTimeout, options.InterruptGracePeriod).EvaluateAsync(Parameters!, cancellationToken);
            if (evaluation.Error is { } error) Message = $"The parameters could not be set: {error.Name}: {error.Value}\n{Parameters}";
        }
        catch (NotebookRunException error)
        {
            Message = $"The parameters could not be set: {error.Message}";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        if (Message is not null) stopReason = "Not run: the parameters could not be set.";
    }

    private async Task ExecuteAsync(int i, CellExecutor executor, CancellationToken cancellationToken)
    {
        var (plan, cell) = (plans[i], plans[i].Cell);
        progress?.Report(new CellStarted(path, plan.Number, cell.FirstLine));
        await checks.BeforeCellAsync(cell, cancellationToken);
        var execution = await executor.ExecuteAsync(cell, CellLimit.Of(plan, options, time.GetElapsedTime(started)), cancellationToken);
        executions[i] = execution;
        await checks.AfterCellAsync(new(cell, collector.Outputs(plan.Number), execution.Error, execution.KernelLost, execution.Duration, execution.PeakMemory), cancellationToken);

        Message ??= execution.Death;
        if (execution.Cancelled) stopReason = "Not run: the run was stopped before.";
        else if (execution.KernelLost) stopReason = $"Not run: the kernel is gone since cell {plan.Number}.";
        else if (options.NotebookTimeout is { } limit && time.GetElapsedTime(started) >= limit) stopReason = $"Not run: the notebook's limit of {CellLimit.Seconds(limit)} was reached in cell {plan.Number}.";
        else if (!options.ContinueAfterError && CellJudge.StopsNotebook(plan, execution)) stopReason = $"Not run: cell {plan.Number} failed.";

        var result = Judge(i, execution);
        if (plan.Role == CellRole.Needed && result.Verdict == Verdict.Failed && stopReason is not null)
            missing = $"Could not be judged, as cell {plan.Number}, which comes before it, failed ({plan.Cell.FirstLine}):\n{result.Message}";
        // A display that does not yet show what is stored may be updated by a later cell: such a verdict waits for the end.
        if (result.Verdict == Verdict.Failed && execution is { Fault: null, Error: null } && collector.CanChange(plan.Number)) results[i] = result;
        else Finish(i, result);
    }

    private void Finish(int i, CellResult result)
    {
        results[i] = result;
        reported.Add(i);
        progress?.Report(new CellFinished(path, result));
    }

    private CellResult Judge(int i, CellExecution execution) => judge.Judge(
        plans[i], execution, collector.Outputs(plans[i].Number), widgets, [.. checks.Findings.Where(finding => finding.CellNumber == plans[i].Number)],
        new(startedAt, time.GetElapsedTime(started)));

    /// <summary>Judges cells once more that show something else now than when they were done, and reports verdicts that waited.</summary>
    private void Reconsider()
    {
        for (var i = 0; i < plans.Count; i++)
        {
            if (executions[i] is not { } execution || results[i] is not { } before) continue;
            var result = Judge(i, execution);
            if (!reported.Contains(i) || result.Verdict != before.Verdict) Finish(i, result);
            else results[i] = result;
        }
    }
}
