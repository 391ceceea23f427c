using System.CommandLine;
using NotebookTestRunner.Caching;
using NotebookTestRunner.Series;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Verbs;

/// <summary><c>check</c>: judges any notebooks, with any installed kernel.</summary>
internal static class CheckVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var paths = SharedOptions.Notebooks("paths", "Notebooks, folders (with all below them), or patterns such as 'lessons/**/0*.ipynb'.", ArgumentArity.OneOrMore);
        var options = new CheckOptions();
        var audits = new AuditOptions();
        var host = new HostOptions();
        var coverage = SharedOptions.Coverage();
        var command = new Command("check", "Execute any notebooks, each in its own folder, and compare what they show with what is stored.") { paths };
        foreach (var option in options.All.Concat(audits.All).Concat(host.All).Append(coverage))
            command.Add(option);
        options.AddRules(command);
        audits.AddRules(command);
        host.AddRules(command);
        command.Add(CheckListVerb.Create(context));
        command.SetAction(async (parsed, stop) =>
        {
            var notebooks = NotebookFinder.Find(parsed.GetRequiredValue(paths), context.WorkingDirectory);
            var run = options.Run(parsed) with
            {
                Checks = audits.Checks(parsed, options.IsStatic(parsed)),
                Host = host.Host(parsed),
                KernelSpecDirectories = [PrivateKernel.Prepare(context.Checkout)],
                EnvironmentVariables = new Dictionary<string, string> { [LessonRun.KernelCacheVariable] = context.Checkout.KernelCache },
            };
            var job = new NotebookJob
            {
                Notebooks = notebooks,
                Timeout = options.RunTimeout(parsed),
                Series = new SeriesOptions
                {
                    OptionsFor = _ => run,
                    Parallel = options.Parallel(parsed),
                    WarmKernels = options.Parallel(parsed),
                    InspectOnly = options.IsStatic(parsed),
                    Twice = audits.Twice(parsed),
                    Sections = audits.Sections(parsed),
                    Cache = options.Cache(parsed) ? new ResultCache(context.Checkout.NotebookCache, context.Time) : null,
                },
                Reports = options.Reports(parsed, context),
                Coverage = parsed.GetValue(coverage) ?? [],
                IsSelection = run.Selection is not null,
                GitHub = options.GitHub(parsed),
            };
            return (int)await JobRunner.RunAsync(job, context, stop);
        });
        return command;
    }
}
