using MLflowSharp.Projects.Docker;
using MLflowSharp.Projects.DotNet;
using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Projects.Running;

/// <summary>Creates the run and starts its program.</summary>
internal static class ProjectLauncher
{
    /// <summary>Where the program runs finds the run through these (https://mlflow.org/docs/latest/ml/projects/).</summary>
    public static Dictionary<string, string> Variables(Run run, MlflowClient client) => new()
    {
        ["MLFLOW_RUN_ID"] = run.Info.RunId,
        ["MLFLOW_TRACKING_URI"] = ChildTrackingUri.Of(client.Address),
        ["MLFLOW_EXPERIMENT_ID"] = run.Info.ExperimentId,
    };

    public static async Task<SubmittedRun> LaunchAsync(PreparedProject prepared, MlflowClient client, CancellationToken cancellationToken)
    {
        var options = prepared.Options;
        if (prepared.Manager == EnvironmentManager.Docker)
            DockerCommand.Require(options);
        // What takes long and may fail comes before the run is there; so does what is refused.
        var values = await ProjectPaths.ResolveAsync(prepared, client, cancellationToken);
        var command = await CommandAsync(prepared, values, cancellationToken);
        var run = await CreateRunAsync(prepared, client, cancellationToken);
        try
        {
            if (options.Slurm is not null)
                return await SlurmSubmission.SubmitAsync(prepared, [new SlurmTask(run.Info.RunId, run.Info.ExperimentId, command)], run, client, cancellationToken);
            if (prepared.Manager == EnvironmentManager.Docker)
                command = DockerCommand.Build(prepared, Variables(run, client), run.Info.ArtifactUri, command);
            options.Tell($"=== Running command '{command}' in run with ID '{run.Info.RunId}' ===");
            return LocalSubmittedRun.Start(prepared, command, run, client);
        }
        catch (Exception error)
        {
            await client.SetTerminatedAsync(run.Info.RunId, error is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed, cancellationToken: CancellationToken.None);
            throw;
        }
    }

    /// <summary>The command of a project, for which a .NET program is built if need be.</summary>
    public static async Task<string> CommandAsync(PreparedProject prepared, IReadOnlyList<ProjectValue> values, CancellationToken cancellationToken)
    {
        var command = prepared.EntryPoint.BuildCommand(values);
        return prepared.Manager == EnvironmentManager.DotNet ? await DotNetEnvironment.PrepareAsync(prepared, command, cancellationToken) : command;
    }

    /// <summary>Creates the run with its tags and parameters, or takes the one that was named.</summary>
    public static async Task<Run> CreateRunAsync(PreparedProject prepared, MlflowClient client, CancellationToken cancellationToken)
    {
        var options = prepared.Options;
        if (options.RunId is { } existing)
        {
            var run = await client.GetRunAsync(existing, cancellationToken);
            return run.Info.LifecycleStage == LifecycleStage.Active ? run : throw MlflowException.Invalid($"Run {existing} is deleted. Restore it first, or leave out the run to get a new one.");
        }

        var created = await client.CreateRunAsync(await ExperimentAsync(options, client, cancellationToken), tags: ProjectTags.Of(prepared), runName: options.RunName, cancellationToken: cancellationToken);
        // MLflow logs what the shell gets, quotes included.
        var parameters = prepared.Values.Select(value => new Param(value.Declaration is null ? ShellText.Quote(value.Name) : value.Name, ShellText.Quote(value.Value))).ToList();
        if (parameters.Count > 0)
            await client.LogBatchAsync(created.Info.RunId, parameters: parameters, cancellationToken: cancellationToken);
        return created;
    }

    /// <summary>The experiment that new runs belong to.</summary>
    public static async Task<string> ExperimentAsync(ProjectRunOptions options, MlflowClient client, CancellationToken cancellationToken)
    {
        if (options.ExperimentId is { } id)
            return id;
        return options.ExperimentName is { } name
            ? (await client.GetExperimentByNameAsync(name, cancellationToken))?.ExperimentId ?? await client.CreateExperimentAsync(name, cancellationToken: cancellationToken)
            : await Mlflow.ExperimentIdAsync(client, cancellationToken);
    }
}
