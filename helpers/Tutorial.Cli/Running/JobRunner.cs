using NotebookTestRunner;
using NotebookTestRunner.Series;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Running;

/// <summary>Runs the notebooks of a job; shows, sums up and reports what became of them.</summary>
internal static class JobRunner
{
    /// <summary>Runs a job to its end, or until it is stopped; either way the table is shown and the reports are written.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="context">Where to show it.</param>
    /// <param name="stop">Stops the running notebooks; those after them are not run.</param>
    public static async Task<ExitCode> RunAsync(NotebookJob job, CliContext context, CancellationToken stop)
    {
        using var coverage = job.Coverage.Count > 0 ? new CoverageFile([.. job.Coverage.Select(path => Path.GetFullPath(path, context.WorkingDirectory))], context.Checkout) : null;
        var series = new NotebookSeries(job.Series with { OptionsFor = notebook => Prepare(job, notebook, coverage) }, context.Time);
        IRunDisplay display = context.Live ? new TerminalDisplay(context.Out, context.Time, job.Notebooks.Count) : new PlainDisplay(context.Out);
        IReadOnlyList<NotebookResult> results = [];
        using var limit = new CancellationTokenSource(job.Timeout ?? Timeout.InfiniteTimeSpan, context.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        await using (stop.Register(display.Stopping))
        {
            // After each notebook, so that what is known is on the disk whatever happens next.
            await display.WhileAsync(async () => results = await series.RunAsync(job.Notebooks, display, job.Reports.WriteAsync, end.Token));
        }

        if (job.IsSelection && results.All(result => result.Message is null && result.Cells.All(cell => cell.Verdict == Verdict.Skipped)))
            throw new CliException("No cell of these notebooks is selected: check --cell, --filter and --tag; `dotnet tutorial.cs check list` shows the cells.");
        await job.Reports.WriteLastAsync(results);
        job.Table(context.Out, job.Reports.Compare(results));
        if (job.GitHub) await GitHubActions.SayAsync(results, context);
        await job.Reports.SayAsync(context);
        if (coverage is not null) await coverage.WriteAsync(context);
        var isLate = limit.IsCancellationRequested && results.Any(result => result.Verdict == Verdict.NotRun);
        if (isLate && !stop.IsCancellationRequested)
            await context.Error.WriteLineAsync(FormattableString.Invariant($"The notebooks took longer than {job.Timeout!.Value.TotalSeconds:0.###} s together, so the rest was not run: give them more with --run-timeout, or name fewer."));
        return stop.IsCancellationRequested ? ExitCode.Interrupted
            : isLate || job.Reports.Problems.Count > 0 || results.Any(Outcome.CouldNotRun) ? ExitCode.CouldNotRun
            : results.Any(result => result.Verdict == Verdict.Failed) ? ExitCode.CellFailed
            : ExitCode.Success;
    }

    private static RunOptions Prepare(NotebookJob job, string notebook, CoverageFile? coverage)
    {
        try
        {
            var run = job.Series.OptionsFor(notebook);
            return coverage?.With(run, notebook) ?? run;
        }
        catch (CliException fault)
        {
            throw new NotebookRunException(fault.Message, fault);
        }
    }
}
