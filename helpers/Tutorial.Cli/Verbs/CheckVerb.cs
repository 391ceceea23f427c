using System.CommandLine;
using NotebookTestRunner;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Verbs;

/// <summary><c>check</c>: judges any notebooks, with any installed kernel.</summary>
internal static class CheckVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var paths = SharedOptions.Notebooks("paths", "Notebooks, folders (with all below them), or patterns such as 'lessons/**/0*.ipynb'.", ArgumentArity.OneOrMore);
        var kernel = new Option<string?>("--kernel") { HelpName = "NAME", Description = "The kernel to use instead of the one each notebook names. The course's own, .net-csharp, need not be installed." };
        var report = new Option<string?>("--report") { HelpName = "DIR", Description = "Where report.html and junit.xml are written. Default: artifacts/report/check in the course's folder." };
        var noCompare = new Option<bool>("--no-compare") { Description = "Outputs are not compared: a cell fails on an error only." };
        var timeout = SharedOptions.Timeout();
        timeout.Description += " Default: 120.";
        var update = SharedOptions.Update();
        var command = new Command("check", "Execute any notebooks, each in its own folder, and compare what they show with what is stored.")
        {
            paths, kernel, report, noCompare, timeout, update,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var notebooks = NotebookFinder.Find(parsed.GetRequiredValue(paths), context.WorkingDirectory);
            var defaults = new RunOptions();
            var options = defaults with
            {
                KernelName = parsed.GetValue(kernel),
                KernelSpecDirectories = [PrivateKernel.Prepare(context.Checkout)],
                EnvironmentVariables = new Dictionary<string, string> { [LessonRun.KernelCacheVariable] = context.Checkout.KernelCache },
                CellTimeout = parsed.GetValue(timeout) ?? defaults.CellTimeout,
                CompareOutputs = !parsed.GetValue(noCompare),
                Update = parsed.GetValue(update),
            };
            var job = new NotebookJob
            {
                Notebooks = notebooks,
                OptionsFor = _ => options,
                ReportFolder = parsed.GetValue(report) is { } folder ? Path.GetFullPath(folder, context.WorkingDirectory) : Path.Combine(context.Checkout.Report, "check"),
            };
            return (int)await NotebookSeries.RunAsync(job, context, stop);
        });
        return command;
    }
}
