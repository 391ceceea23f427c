using System.Text.Json;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Sweeps;

/// <summary>
/// Runs a project many times with different parameters: each trial a process and a run of its own, nested in one parent
/// (https://mlflow.org/docs/latest/ml/traditional-ml/tutorials/hyperparameter-tuning/). What is done stays done: a sweep that was stopped, or
/// whose process died, goes on with <see cref="ResumeAsync"/>.
/// </summary>
public static class ProjectSweep
{
    /// <summary>Runs a sweep.</summary>
    /// <param name="uri">The project, as for <see cref="MlflowProjects.RunAsync"/>.</param>
    /// <param name="sweep">What is tried.</param>
    /// <param name="project">How the project is run; null for the defaults. Its parameters are those that all trials share.</param>
    /// <param name="client">Where runs are logged; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="cancellationToken">Stops the trials that run, marks all KILLED, and throws.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when something is not right; then nothing was started or logged.</exception>
    public static async Task<SweepResult> RunAsync(string uri, SweepOptions sweep, ProjectRunOptions? project = null, MlflowClient? client = null, CancellationToken cancellationToken = default)
    {
        project ??= new ProjectRunOptions();
        var used = client ?? Mlflow.Client;
        var (prepared, trials) = await PrepareAsync(uri, sweep, project, cancellationToken);
        var definition = JsonSerializer.Serialize(SweepDefinition.Of(Absolute(uri), project, sweep), SweepJson.Default.SweepDefinition);
        if (definition.Length > 8000)
            throw MlflowException.Invalid("The sweep is too long to be remembered (8000 characters of JSON). Use a range instead of a long list.");
        var tags = ProjectTags.Of(prepared);
        tags[SweepDefinition.Tag] = definition;
        var parent = await used.CreateRunAsync(await ProjectLauncher.ExperimentAsync(project, used, cancellationToken), tags: tags, runName: project.RunName, cancellationToken: cancellationToken);
        return await RunAsync(parent, prepared, trials, [], sweep, used, cancellationToken);
    }

    /// <summary>Goes on with a sweep: trials that finished or were stopped early are kept, all others run again.</summary>
    /// <param name="runId">The sweep's parent run.</param>
    /// <param name="sweep">How many run at a time; what is tried is known. Null for the defaults.</param>
    /// <param name="project">Where and how; what is run is known. Null for the defaults.</param>
    /// <param name="client">Where runs are logged; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="cancellationToken">Stops the trials that run, marks all KILLED, and throws.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the run is no sweep's.</exception>
    public static async Task<SweepResult> ResumeAsync(string runId, SweepOptions? sweep = null, ProjectRunOptions? project = null, MlflowClient? client = null, CancellationToken cancellationToken = default)
    {
        var used = client ?? Mlflow.Client;
        var parent = await used.GetRunAsync(runId, cancellationToken);
        var definition = parent.Data.Tags.TryGetValue(SweepDefinition.Tag, out var json)
            ? JsonSerializer.Deserialize(json, SweepJson.Default.SweepDefinition)!
            : throw MlflowException.Invalid($"Run {runId} is no sweep: it has no tag {SweepDefinition.Tag}. Name the parent run that the sweep told.");
        var (uri, ownProject, ownSweep) = definition.Restore((project ?? new ProjectRunOptions()) with { ExperimentId = parent.Info.ExperimentId, ExperimentName = null }, sweep ?? new SweepOptions());
        var (prepared, trials) = await PrepareAsync(uri, ownSweep, ownProject, cancellationToken);
        var done = await SweepTrials.FindDoneAsync(parent, trials, ownSweep, used, cancellationToken);
        await used.UpdateRunAsync(runId, RunStatus.Running, cancellationToken: cancellationToken);
        ownProject.Tell($"=== Sweep {runId} goes on: {done.Count} of {trials.Count} trials are done ===");
        return await RunAsync(parent, prepared, trials, done, ownSweep, used, cancellationToken);
    }

    private static async Task<(PreparedProject Prepared, IReadOnlyList<IReadOnlyDictionary<string, string>> Trials)> PrepareAsync(
        string uri, SweepOptions sweep, ProjectRunOptions project, CancellationToken cancellationToken)
    {
        var trials = SweepPlan.Of(sweep);
        if (sweep.StopEarly && (sweep.Metric is null || project.Slurm is not null))
            throw MlflowException.Invalid(sweep.Metric is null ? "Trials can be stopped early by a metric only. Name it (--metric)." : "Trials on Slurm are not stopped early. Leave --stop-early out.");
        var prepared = await MlflowProjects.PrepareAsync(uri, project with { Parameters = Merge(project.Parameters, trials[0]) }, cancellationToken);
        // All are checked before any is started.
        foreach (var trial in trials)
            prepared.EntryPoint.Resolve(Merge(project.Parameters, trial));
        return (prepared with { Options = project }, trials);
    }

    private static async Task<SweepResult> RunAsync(
        Run parent, PreparedProject prepared, IReadOnlyList<IReadOnlyDictionary<string, string>> trials, IReadOnlyList<SweepTrial> done, SweepOptions sweep, MlflowClient client, CancellationToken cancellationToken)
    {
        var runner = new SweepTrials(parent, prepared, trials, sweep, client);
        try
        {
            prepared.Options.Tell($"=== Sweep {parent.Info.RunId}: trials left: {trials.Count - done.Count}, {(prepared.Options.Slurm is null ? $"{sweep.Parallel} at a time" : "as one job of Slurm's")} ===");
            var all = prepared.Options.Slurm is null ? await runner.RunHereAsync(done, cancellationToken) : await runner.RunOnSlurmAsync(done, cancellationToken);
            var finished = all.Where(trial => trial.Status == RunStatus.Finished).ToList();
            var best = sweep.Minimize ? finished.Where(IsComparable).MinBy(trial => trial.Value) : finished.Where(IsComparable).MaxBy(trial => trial.Value);
            if (best is not null)
            {
                await client.LogMetricAsync(parent.Info.RunId, $"best_{sweep.Metric}", best.Value!.Value, cancellationToken: cancellationToken);
                await client.SetTagAsync(parent.Info.RunId, "sweep.best_run", best.RunId, cancellationToken);
            }

            await client.SetTerminatedAsync(parent.Info.RunId, finished.Count > 0 ? RunStatus.Finished : RunStatus.Failed, cancellationToken: cancellationToken);
            return new SweepResult(parent.Info.RunId, all, best);
        }
        catch (Exception error)
        {
            await client.SetTerminatedAsync(parent.Info.RunId, error is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed, cancellationToken: CancellationToken.None);
            prepared.Options.Tell($"=== Sweep {parent.Info.RunId} was stopped; it goes on with --resume {parent.Info.RunId} ===");
            throw;
        }

        static bool IsComparable(SweepTrial trial) => trial.Value is { } value && !double.IsNaN(value);
    }

    internal static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> shared, IReadOnlyDictionary<string, string> own)
    {
        var all = shared.ToDictionary();
        foreach (var (name, value) in own)
            all[name] = value;
        return all;
    }

    // It may be resumed from another folder.
    private static string Absolute(string uri) => DataUri.LocalPath(uri) == uri && Path.Exists(uri.Split('#')[0]) ? Path.GetFullPath(uri) : uri;
}
