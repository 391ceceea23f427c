using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Slurm;

/// <summary>Writes a job's script and submits it.</summary>
internal static class SlurmSubmission
{
    /// <summary>Submits the runs as one job, or as an array.</summary>
    /// <param name="prepared">The project.</param>
    /// <param name="tasks">The runs.</param>
    /// <param name="owner">The run whose name the job's folder has: the only one, or the parent.</param>
    /// <param name="client">Where they are logged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<SlurmSubmittedRun> SubmitAsync(PreparedProject prepared, IReadOnlyList<SlurmTask> tasks, Run owner, MlflowClient client, CancellationToken cancellationToken)
    {
        var slurm = prepared.Options.Slurm!;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(slurm.JobFolder), owner.Info.RunId)).FullName;
        var uri = ChildTrackingUri.Of(client.Address);
        var script = Path.Combine(folder, "job.sh");
        await File.WriteAllTextAsync(script, SlurmScript.Write(prepared, tasks, HasSecret(uri) ? null : uri, folder, await DependencyAsync(slurm, client, cancellationToken)), cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var jobId = await SlurmQueue.SubmitAsync(script, cancellationToken);
        prepared.Options.Tell($"=== Submitted job {jobId}: {script} ===");
        for (var i = 0; i < tasks.Count; i++)
        {
            var runId = tasks[i].RunId;
            await client.UpdateRunAsync(runId, RunStatus.Scheduled, cancellationToken: cancellationToken);
            await client.LogBatchAsync(runId, tags: [new(SlurmTags.JobId, tasks.Count > 1 && !slurm.Packed ? $"{jobId}_{i + 1}" : jobId), new(SlurmTags.JobFolder, folder)], cancellationToken: cancellationToken);
        }

        return new SlurmSubmittedRun(owner.Info.RunId, jobId, folder, tasks, client, prepared.Options);
    }

    /// <summary>Jobs to wait for: those of the runs that were named, and what was written in sbatch's own form.</summary>
    public static async Task<string?> DependencyAsync(SlurmOptions slurm, MlflowClient client, CancellationToken cancellationToken)
    {
        var jobs = new List<string>();
        foreach (var runId in slurm.After)
        {
            jobs.Add((await client.GetRunAsync(runId, cancellationToken)).Data.Tags.GetValueOrDefault(SlurmTags.JobId)
                ?? throw MlflowException.Invalid($"Run {runId} is none of the back end slurm: it has no tag {SlurmTags.JobId}. Name a run that was submitted."));
        }

        string?[] parts = [jobs.Count > 0 ? $"afterok:{string.Join(':', jobs)}" : null, slurm.Requests.GetValueOrDefault("dependency")];
        return parts.Any(part => part is not null) ? string.Join(',', parts.Where(part => part is not null)) : null;
    }

    /// <summary>Whether a URI is not to stand in a script: name and password before a host.</summary>
    public static bool HasSecret(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length > 0;
}
