using System.CommandLine;
using NotebookTestRunner;
using NotebookTestRunner.Series;
using Tutorial.Cli.Reporting;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Verbs;

/// <summary><c>run</c>: executes the lessons.</summary>
internal static class RunVerb
{
    private const string Title = "MLflow in C#: the lessons";

    // A lesson trains for ten epochs, which may take minutes on a slow machine.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var notebooks = SharedOptions.Notebooks("notebooks", "Lessons by number (02), name or path; all of them by default.", ArgumentArity.ZeroOrMore);
        var update = SharedOptions.Update();
        var coverage = SharedOptions.Coverage();
        var timeout = SharedOptions.Timeout();
        timeout.Description += " Default: 600.";
        var command = new Command("run", "Execute the lessons on the course's own kernel and compare what they show with what is stored. Each gets an empty MLflow store in artifacts/runs; the reports land in artifacts/report.")
        {
            notebooks, update, timeout, coverage,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var paths = LessonFinder.Find(context.Checkout, parsed.GetValue(notebooks) ?? [], context.WorkingDirectory);
            // Once for all: where the kernel is missing, one sentence is enough.
            PrivateKernel.Prepare(context.Checkout);
            // What readers get is made from its source, so that is where outputs are stored.
            if (parsed.GetValue(update))
                paths = [.. paths.Select(path => LessonSource.Of(path, context.Checkout))];
            var job = new NotebookJob
            {
                Notebooks = paths,
                Coverage = parsed.GetValue(coverage) ?? [],
                // One at a time: a training keeps all processors busy by itself.
                Series = new SeriesOptions { OptionsFor = Options },
                Reports = new ReportFiles(ReportFiles.In(context.Checkout.Report, Title), Path.Combine(context.Checkout.Report, "history.json"), context.Time),
            };
            var result = await JobRunner.RunAsync(job, context, stop);
            if (parsed.GetValue(update))
            {
                foreach (var source in paths.Where(path => LessonSource.Is(path, context.Checkout)))
                    await LessonSource.PublishAsync(source, context.Checkout, stop);
            }

            return (int)result;

            RunOptions Options(string notebook) => LessonRun.OptionsFor(notebook, context.Checkout.Runs, context.Checkout) with
            {
                Update = parsed.GetValue(update),
                CellTimeout = parsed.GetValue(timeout) ?? DefaultTimeout,
            };
        });
        return command;
    }
}
