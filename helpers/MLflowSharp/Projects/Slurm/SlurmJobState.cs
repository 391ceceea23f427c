namespace MLflowSharp.Projects.Slurm;

/// <summary>What the queue says of a job, or of a task of an array.</summary>
/// <param name="Id">Its identifier, such as <c>12</c> or <c>12_3</c>.</param>
/// <param name="State">Its state, such as <c>RUNNING</c> (https://slurm.schedmd.com/squeue.html#lbAG).</param>
/// <param name="Reason">Why it is in that state.</param>
/// <param name="Partition">Where it is queued.</param>
/// <param name="Node">Where it runs; empty while it waits.</param>
/// <param name="Cpus">CPUs asked for.</param>
/// <param name="Memory">Memory asked for.</param>
/// <param name="TimeLimit">Time asked for.</param>
/// <param name="Nodes">Nodes asked for.</param>
internal sealed record SlurmJobState(string Id, string State, string Reason, string Partition, string Node, string Cpus, string Memory, string TimeLimit, string Nodes)
{
    private static readonly string[] Ended = ["COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE", "OUT_OF_MEMORY", "REVOKED", "SPECIAL_EXIT"];

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Ended.Contains(State);

    /// <summary>Whether it has not begun.</summary>
    public bool IsWaiting => State is "PENDING" or "REQUEUED" or "REQUEUE_HOLD" or "RESV_DEL_HOLD" or "REQUEUE_FED" or "CONFIGURING";
}
