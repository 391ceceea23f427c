using JupyterProtocol;
using NotebookTestRunner;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Running;

/// <summary>Runs notebooks one after the other; shows, sums up and reports what became of them.</summary>
internal static class NotebookSeries
{
    /// <summary>Runs a job to its end, or until it is stopped; either way the table is shown and the reports are written.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="context">Where to show it.</param>
    /// <param name="stop">Stops the running notebook; those after it are not run.</param>
    public static async Task<ExitCode> RunAsync(NotebookJob job, CliContext context, CancellationToken stop)
    {
        var reports = new ReportFiles(job.ReportFolder, job.Title);
        var results = new List<NotebookResult>();
        IRunDisplay display = context.Live ? new TerminalDisplay(context.Out, context.Time) : new PlainDisplay(context.Out);
        await using (stop.Register(display.Stopping))
        {
            await display.WhileAsync(async () =>
            {
                for (var i = 0; i < job.Notebooks.Count && !stop.IsCancellationRequested; i++)
                {
                    display.Start(job.Notebooks[i], i + 1, job.Notebooks.Count);
                    var result = await RunOneAsync(job, job.Notebooks[i], context.Time, display, stop);
                    display.Finish(result);
                    results.Add(result);
                    // After each, so that what is known is on the disk whatever happens next.
                    await reports.WriteAsync(results);
                }
            });
        }

        foreach (var notebook in job.Notebooks.Skip(results.Count))
            results.Add(new NotebookResult { Path = notebook, Cancelled = true, Message = "Not run: the run was interrupted before it." });
        await reports.WriteAsync(results);

        ResultTable.Write(context.Out, results);
        await reports.SayAsync(context);
        return stop.IsCancellationRequested ? ExitCode.Interrupted
            : reports.Problem is not null || results.Any(Outcome.CouldNotRun) ? ExitCode.CouldNotRun
            : results.Any(result => result.Verdict == Verdict.Failed) ? ExitCode.CellFailed
            : ExitCode.Success;
    }

    private static async Task<NotebookResult> RunOneAsync(NotebookJob job, string notebook, TimeProvider time, IRunDisplay display, CancellationToken stop)
    {
        try
        {
            return await new NotebookRunner(job.OptionsFor(notebook), time).RunAsync(notebook, display, stop);
        }
        catch (Exception fault) when (fault is NotebookRunException or CliException or JupyterProtocolException || Fault.IsOfFiles(fault))
        {
            // The others still run.
            var error = fault as NotebookRunException
                ?? new NotebookRunException(Fault.IsOfFiles(fault) ? $"The notebook {notebook} could not be run: {fault.Message}" : fault.Message, fault);
            return NotebookResult.FromError(notebook, error);
        }
    }
}
