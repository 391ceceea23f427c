using System.CommandLine;
using MLflowSharp.Projects;

namespace MLflowSharp.Serving.Projects;

/// <summary><c>project run</c>: as <c>mlflow run</c>.</summary>
internal static class ProjectRunCommand
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var uri = UriArgument();
        var options = new ProjectOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and show what would be run, and log nothing." };
        var command = new Command("run", "Run a project, as `mlflow run`, and wait until it ends. Ctrl-C ends it and all it started. MLFLOW_TRACKING_URI says where its run is logged. Exit code 1 when it failed.") { uri };
        foreach (var option in options.All)
            command.Add(option);
        command.Add(dryRun);
        command.SetAction((parsed, stop) => GuardAsync(error, async () =>
        {
            var (address, how) = (parsed.GetRequiredValue(uri), options.Read(parsed, output, error));
            if (parsed.GetValue(dryRun))
            {
                await output.WriteLineAsync(await MlflowProjects.DescribeAsync(address, how, stop));
                return 0;
            }

            using var client = new MlflowClient();
            var submitted = await MlflowProjects.StartAsync(address, how, client, stop);
            return await submitted.WaitAsync(stop) switch { RunStatus.Finished => 0, RunStatus.Killed => Interrupted, _ => Failed };
        }));
        return command;
    }

    public static Argument<string> UriArgument() => new("uri") { Description = "A folder, a zip file, or a git repository; #folder for a project inside of it." };

    /// <summary>Does something; what goes wrong becomes a sentence and the exit code 2, being stopped 130.</summary>
    public static async Task<int> GuardAsync(TextWriter error, Func<Task<int>> action)
    {
        var exitCode = 0;
        try
        {
            return await Refusals.TellAsync(error, async () => exitCode = await action()) is var fault and not 0 ? fault : exitCode;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }
}
