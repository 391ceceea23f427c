using System.CommandLine;
using System.Globalization;
using MLflowSharp.Projects.Sweeps;

namespace MLflowSharp.Serving.Projects;

/// <summary><c>project sweep</c>: runs a project many times with different parameters.</summary>
internal static class ProjectSweepCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var uri = new Argument<string?>("uri") { Arity = ArgumentArity.ZeroOrOne, Description = "A folder, a zip file, or a git repository; #folder for a project inside of it. Not needed with --resume." };
        var options = new ProjectOptions();
        var space = new Option<string[]>("--search", "-S") { HelpName = "NAME=VALUES", Description = "What is tried: a list, lr=0.1,0.01, or a range, lr=loguniform(0.0001,0.1), uniform(0,1), int(2,5). Lists alone are crossed; with --trials, values are drawn." };
        var trials = new Option<int?>("--trials") { HelpName = "N", Description = "How many trials, drawn at random. Default: all of the grid." };
        var seed = new Option<int>("--seed") { HelpName = "N", Description = "Where random numbers come from. Default: 1.", DefaultValueFactory = _ => 1 };
        var parallel = new Option<int>("--parallel") { HelpName = "N", Description = "How many trials run at the same time, here. Default: 1.", DefaultValueFactory = _ => 1 };
        var metric = new Option<string?>("--metric") { HelpName = "NAME", Description = "The metric that says which trial is the best." };
        var minimize = new Option<bool>("--minimize") { Description = "Less of the metric is better." };
        var stopEarly = new Option<bool>("--stop-early") { Description = "Stop trials that are worse than half of the others were at the same step (the median rule)." };
        var stopFrom = new Option<long>("--stop-from-step") { HelpName = "N", Description = "With --stop-early: not before this step. Default: 1.", DefaultValueFactory = _ => 1 };
        var resume = new Option<string?>("--resume") { HelpName = "RUN", Description = "Go on with the sweep of this parent run; what is tried is known. Trials that finished are kept." };
        var command = new Command("sweep", "Run a project many times with different parameters: grid or random search, as runs nested in one, in parallel processes or as one Slurm job.")
        {
            uri, space, trials, seed, parallel, metric, minimize, stopEarly, stopFrom, resume,
        };
        foreach (var option in options.All)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(resume) is null == result.GetValue(uri) is null)
                result.AddError("Name the project to sweep, or --resume with the parent run of a sweep that was stopped.");
        });
        command.SetAction((parsed, stop) => ProjectRunCommand.GuardAsync(error, async () =>
        {
            var project = options.Read(parsed, output, error);
            var sweep = new SweepOptions
            {
                Space = [.. (parsed.GetValue(space) ?? []).Select(SearchDimension.Parse)],
                Trials = parsed.GetValue(trials),
                Seed = parsed.GetValue(seed),
                Parallel = parsed.GetValue(parallel),
                Metric = parsed.GetValue(metric),
                Minimize = parsed.GetValue(minimize),
                StopEarly = parsed.GetValue(stopEarly),
                StopFromStep = parsed.GetValue(stopFrom),
            };
            using var client = new MlflowClient();
            var found = parsed.GetValue(resume) is { } parent
                ? await ProjectSweep.ResumeAsync(parent, sweep, project, client, stop)
                : await ProjectSweep.RunAsync(parsed.GetValue(uri)!, sweep, project, client, stop);
            foreach (var trial in found.Trials)
                await output.WriteLineAsync(Line(trial));
            await output.WriteLineAsync(found.Best is { } best ? $"best: {Line(best)}" : "No trial is the best: none finished, or none logged the metric.");
            return found.Trials.Any(trial => trial.Status == RunStatus.Finished) ? 0 : 1;
        }));
        return command;
    }

    private static string Line(SweepTrial trial) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trial.Number,4}  {trial.RunId}  {(trial.IsStoppedEarly ? "stopped early" : trial.Status),-13}  {(trial.Value is { } value ? value.ToString("G5", CultureInfo.InvariantCulture) : "-"),-10}  {string.Join(", ", trial.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))}");
}
