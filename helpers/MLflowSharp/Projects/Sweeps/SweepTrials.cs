using System.Collections.Concurrent;
using System.Globalization;
using MLflowSharp.Context;
using MLflowSharp.Projects.Running;
using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Projects.Sweeps;

/// <summary>Runs the trials of one sweep.</summary>
internal sealed class SweepTrials(Run parent, PreparedProject prepared, IReadOnlyList<IReadOnlyDictionary<string, string>> trials, SweepOptions sweep, MlflowClient client)
{
    private const string NumberTag = "sweep.trial";
    private const string StoppedTag = "sweep.stopped";

    private readonly ConcurrentDictionary<int, IReadOnlyList<Metric>> _histories = [];

    private string ParentId => parent.Info.RunId;

    /// <summary>The trials of a sweep that need not run again. Runs that were left behind are marked KILLED.</summary>
    public static async Task<IReadOnlyList<SweepTrial>> FindDoneAsync(
        Run parent, IReadOnlyList<IReadOnlyDictionary<string, string>> trials, SweepOptions sweep, MlflowClient client, CancellationToken cancellationToken)
    {
        var done = new SortedDictionary<int, SweepTrial>();
        string? token = null;
        do
        {
            var page = await client.SearchRunsAsync([parent.Info.ExperimentId], $"tags.`{SystemTags.ParentRunId}` = '{parent.Info.RunId}'", pageToken: token, cancellationToken: cancellationToken);
            foreach (var run in page)
            {
                if (!int.TryParse(run.Data.Tags.GetValueOrDefault(NumberTag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > trials.Count)
                    continue;
                var isStopped = run.Data.Tags.ContainsKey(StoppedTag);
                if (run.Info.Status == RunStatus.Finished || isStopped)
                    done[number] = new SweepTrial(number, run.Info.RunId, trials[number - 1], run.Info.Status, ValueOf(run, sweep), isStopped);
                else if (run.Info.Status is RunStatus.Running or RunStatus.Scheduled)
                    await client.SetTerminatedAsync(run.Info.RunId, RunStatus.Killed, cancellationToken: cancellationToken);
            }

            token = page.Token;
        }
        while (token is not null);
        return [.. done.Values];
    }

    /// <summary>Runs what is left on this machine, as many at a time as was asked for.</summary>
    public async Task<IReadOnlyList<SweepTrial>> RunHereAsync(IReadOnlyList<SweepTrial> done, CancellationToken cancellationToken)
    {
        var all = new ConcurrentDictionary<int, SweepTrial>(done.Select(trial => KeyValuePair.Create(trial.Number, trial)));
        if (sweep.Metric is not null)
        {
            foreach (var trial in done)
                _histories[trial.Number] = await client.GetMetricHistoryAsync(trial.RunId, sweep.Metric, cancellationToken);
        }

        // One build for all, before they start side by side.
        await ProjectLauncher.CommandAsync(prepared, prepared.Values, cancellationToken);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, trials.Count).Where(number => !all.ContainsKey(number)), new ParallelOptions { MaxDegreeOfParallelism = sweep.Parallel, CancellationToken = cancellationToken },
            async (number, stop) => all[number] = await RunAsync(number, stop));
        return [.. all.Values.OrderBy(trial => trial.Number)];
    }

    /// <summary>Runs what is left as one job: an array, or packed.</summary>
    public async Task<IReadOnlyList<SweepTrial>> RunOnSlurmAsync(IReadOnlyList<SweepTrial> done, CancellationToken cancellationToken)
    {
        var left = Enumerable.Range(1, trials.Count).Where(number => done.All(trial => trial.Number != number)).ToList();
        if (left.Count == 0)
            return done;
        var tasks = new List<SlurmTask>();
        foreach (var number in left)
        {
            var own = Prepare(number);
            var command = await ProjectLauncher.CommandAsync(own, await ProjectPaths.ResolveAsync(own, client, cancellationToken), cancellationToken);
            var run = await ProjectLauncher.CreateRunAsync(own, client, cancellationToken);
            tasks.Add(new SlurmTask(run.Info.RunId, run.Info.ExperimentId, command));
        }

        // A resumed sweep has a folder of its own for each job.
        var slurm = prepared.Options.Slurm!;
        var at = prepared with { Options = prepared.Options with { Slurm = slurm with { JobFolder = Path.Combine(slurm.JobFolder, ParentId) } } };
        var submitted = await SlurmSubmission.SubmitAsync(at, tasks, await client.GetRunAsync(tasks[0].RunId, cancellationToken), client, cancellationToken);
        await submitted.WaitAsync(cancellationToken);
        var ended = new List<SweepTrial>(done);
        for (var i = 0; i < left.Count; i++)
            ended.Add(new SweepTrial(left[i], tasks[i].RunId, trials[left[i] - 1], submitted.Statuses[i], ValueOf(await client.GetRunAsync(tasks[i].RunId, cancellationToken), sweep), false));
        return [.. ended.OrderBy(trial => trial.Number)];
    }

    private async Task<SweepTrial> RunAsync(int number, CancellationToken cancellationToken)
    {
        var submitted = await ProjectLauncher.LaunchAsync(Prepare(number), client, cancellationToken);
        var isStopped = false;
        var waiting = submitted.WaitAsync(cancellationToken);
        while (sweep.StopEarly && await Task.WhenAny(waiting, Task.Delay(sweep.CheckInterval, client.Options.TimeProvider, cancellationToken)) != waiting)
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            var history = _histories[number] = await client.GetMetricHistoryAsync(submitted.RunId, sweep.Metric!, cancellationToken);
            if (!MedianRule.Stops(history, _histories.Where(other => other.Key != number).Select(other => other.Value), sweep))
                continue;
            isStopped = true;
            await client.SetTagAsync(submitted.RunId, StoppedTag, string.Create(CultureInfo.InvariantCulture, $"median rule at step {history.Max(point => point.Step)}"), cancellationToken);
            await submitted.CancelAsync();
            break;
        }

        var status = await waiting;
        var run = await client.GetRunAsync(submitted.RunId, cancellationToken);
        if (sweep.Metric is not null)
            _histories[number] = await client.GetMetricHistoryAsync(submitted.RunId, sweep.Metric, cancellationToken);
        var trial = new SweepTrial(number, submitted.RunId, trials[number - 1], isStopped ? RunStatus.Killed : status, ValueOf(run, sweep), isStopped);
        prepared.Options.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"=== Trial {number} of {trials.Count} ({string.Join(", ", trial.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))}): {(isStopped ? "stopped early" : trial.Status)}{(trial.Value is { } value ? $", {sweep.Metric} {value:G5}" : "")} ==="));
        return trial;
    }

    /// <summary>The project with a trial's parameters. What trials say goes into their logs only: several talk at once.</summary>
    private PreparedProject Prepare(int number)
    {
        var options = prepared.Options with
        {
            Parameters = ProjectSweep.Merge(prepared.Options.Parameters, trials[number - 1]),
            ParentRunId = ParentId,
            RunId = null,
            RunName = string.Create(CultureInfo.InvariantCulture, $"{parent.Info.RunName}-{number}"),
            ExperimentId = parent.Info.ExperimentId,
            ExperimentName = null,
            Tags = new Dictionary<string, string>(prepared.Options.Tags) { [NumberTag] = number.ToString(CultureInfo.InvariantCulture) },
            Output = prepared.Options.Slurm is null && trials.Count > 1 ? TextWriter.Null : prepared.Options.Output,
            Tell = prepared.Options.Slurm is null ? _ => { } : prepared.Options.Tell,
        };
        return prepared with { Options = options, Values = prepared.EntryPoint.Resolve(options.Parameters) };
    }

    private static double? ValueOf(Run run, SweepOptions sweep) => sweep.Metric is { } metric && run.Data.Metrics.TryGetValue(metric, out var value) ? value : null;
}
