namespace MLflowSharp.Projects.Slurm;

/// <summary>The tags that say where and how a run ran on a cluster.</summary>
internal static class SlurmTags
{
    public const string JobId = "slurm.job_id";
    public const string JobFolder = "slurm.job_folder";
    public const string State = "slurm.state";
    public const string Partition = "slurm.partition";
    public const string Node = "slurm.node";
    public const string Restarts = "slurm.restarts";
    public const string RequestedCpus = "slurm.requested.cpus";
    public const string RequestedMemory = "slurm.requested.memory";
    public const string RequestedTime = "slurm.requested.time";
    public const string RequestedNodes = "slurm.requested.nodes";
    public const string UsedSeconds = "slurm.used.seconds";
    public const string UsedCpu = "slurm.used.cpu";
    public const string UsedMemory = "slurm.used.memory";
}
