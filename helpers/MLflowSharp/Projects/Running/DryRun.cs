using MLflowSharp.Projects.Docker;
using MLflowSharp.Projects.DotNet;
using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Projects.Running;

/// <summary>What would be run, without a run to know: <c>RUN_ID</c> and its like stand for what only a run has.</summary>
internal static class DryRun
{
    public static string Describe(PreparedProject prepared)
    {
        var command = prepared.EntryPoint.BuildCommand(ProjectPaths.Foresee(prepared));
        var uri = ChildTrackingUri.Of(Mlflow.GetTrackingUri());
        if (prepared.Manager == EnvironmentManager.DotNet)
            command = DotNetEnvironment.Foresee(prepared, command);
        if (prepared.Options.Slurm is { } slurm)
        {
            var dependency = slurm.After.Count > 0 ? $"afterok:{string.Join(':', slurm.After.Select(id => $"JOB_OF_{id}"))}" : slurm.Requests.GetValueOrDefault("dependency");
            return SlurmScript.Write(prepared, [new SlurmTask("RUN_ID", "EXPERIMENT_ID", command)], SlurmSubmission.HasSecret(uri) ? null : uri, Path.Combine(Path.GetFullPath(slurm.JobFolder), "RUN_ID"), dependency);
        }

        return prepared.Manager == EnvironmentManager.Docker
            ? DockerCommand.Build(prepared, new OrderedDictionary<string, string> { ["MLFLOW_RUN_ID"] = "RUN_ID", ["MLFLOW_TRACKING_URI"] = uri, ["MLFLOW_EXPERIMENT_ID"] = "EXPERIMENT_ID" }, "mlflow-artifacts:/", command)
            : command;
    }
}
