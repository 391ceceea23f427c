namespace MLflowSharp.Projects.Slurm;

/// <summary>One of the runs of a job.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ExperimentId">Its experiment.</param>
/// <param name="Command">Its command.</param>
internal sealed record SlurmTask(string RunId, string ExperimentId, string Command);
