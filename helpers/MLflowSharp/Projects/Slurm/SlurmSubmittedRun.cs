using System.Globalization;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Slurm;

/// <summary>Runs whose programs are a job of Slurm's: watched until they end, each marked and described by tags.</summary>
internal sealed class SlurmSubmittedRun : SubmittedRun
{
    private readonly string _jobId;
    private readonly string _folder;
    private readonly IReadOnlyList<SlurmTask> _tasks;
    private readonly MlflowClient _client;
    private readonly ProjectRunOptions _options;
    private readonly SlurmLogs _logs;
    private readonly Dictionary<string, string> _told = [];
    private volatile bool _isCancelled;

    public SlurmSubmittedRun(string runId, string jobId, string folder, IReadOnlyList<SlurmTask> tasks, MlflowClient client, ProjectRunOptions options)
        : base(runId) => (_jobId, _folder, _tasks, _client, _options, _logs) = (jobId, folder, tasks, client, options, new SlurmLogs(folder, options.Output));

    /// <summary>How each run ended, in the order of the tasks; known once <see cref="WaitAsync"/> has returned.</summary>
    public IReadOnlyList<RunStatus> Statuses { get; private set; } = [];

    private SlurmOptions Slurm => _options.Slurm!;

    public override async Task<RunStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var last = await WatchAsync(cancellationToken);
            await EndAsync(last);
            return Statuses.Max();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _options.Tell($"=== Job {_jobId} is cancelled ===");
            await CancelAsync();
            throw;
        }
    }

    public override async Task CancelAsync()
    {
        _isCancelled = true;
        await SlurmQueue.CancelAsync(_jobId);
        await EndAsync(await WatchAsync(CancellationToken.None));
    }

    /// <summary>Watches the queue until the job is over, or forgotten.</summary>
    private async Task<IReadOnlyList<SlurmJobState>> WatchAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SlurmJobState> last = [];
        while (true)
        {
            var now = await SlurmQueue.AskAsync(_jobId, cancellationToken);
            if (now is { Count: > 0 })
            {
                last = now;
                foreach (var state in now)
                    await TellAsync(state, cancellationToken);
            }

            await _logs.ShowAsync(cancellationToken);
            // No answer is no end: the controller may be starting anew.
            if (now is not null && now.All(state => state.IsOver))
                return last;
            await Task.Delay(Slurm.PollInterval, _client.Options.TimeProvider, cancellationToken);
        }
    }

    private async Task TellAsync(SlurmJobState state, CancellationToken cancellationToken)
    {
        if (_told.GetValueOrDefault(state.Id) == state.State)
            return;
        _told[state.Id] = state.State;
        _options.Tell($"=== Job {state.Id}: {state.State}{(state.IsWaiting && state.Reason != "None" ? $" ({state.Reason})" : "")}{(state.Node.Length > 0 ? $" on {state.Node}" : "")} ===");
        foreach (var run in RunsOf(state))
        {
            var tags = new List<RunTag> { new(SlurmTags.State, state.State), new(SlurmTags.Partition, state.Partition) };
            if (state.Node.Length > 0)
                tags.Add(new(SlurmTags.Node, state.Node));
            tags.AddRange([new(SlurmTags.RequestedCpus, state.Cpus), new(SlurmTags.RequestedMemory, state.Memory), new(SlurmTags.RequestedTime, state.TimeLimit), new(SlurmTags.RequestedNodes, state.Nodes)]);
            await _client.LogBatchAsync(run, tags: tags, cancellationToken: cancellationToken);
            if (state.State is "RUNNING" or "PENDING" && (await _client.GetRunAsync(run, cancellationToken)).Info.Status is RunStatus.Scheduled or RunStatus.Running)
                await _client.UpdateRunAsync(run, state.State == "RUNNING" ? RunStatus.Running : RunStatus.Scheduled, cancellationToken: cancellationToken);
        }
    }

    private IEnumerable<string> RunsOf(SlurmJobState state) => state.Id.Split('_') is [_, var task] && int.TryParse(task, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number <= _tasks.Count ? [_tasks[number - 1].RunId] : []
        : _tasks.Select(one => one.RunId);

    private async Task EndAsync(IReadOnlyList<SlurmJobState> last)
    {
        if (Statuses.Count > 0)
            return;
        var memory = await SlurmQueue.PeakMemoryAsync(_jobId, CancellationToken.None);
        var statuses = new List<RunStatus>();
        for (var i = 0; i < _tasks.Count; i++)
            statuses.Add(await EndAsync(i + 1, last.FirstOrDefault(state => state.Id == $"{_jobId}_{i + 1}" || state.Id == _jobId)?.State ?? "", memory));
        Statuses = statuses;
    }

    private async Task<RunStatus> EndAsync(int number, string state, string? memory)
    {
        var runId = _tasks[number - 1].RunId;
        var end = SlurmLogs.ReadEnd(_folder, number);
        var code = end.GetValueOrDefault("code");
        var status = code switch
        {
            "0" when !_isCancelled => RunStatus.Finished,
            _ when _isCancelled || state == "CANCELLED" || code == "cancel" => RunStatus.Killed,
            _ => RunStatus.Failed,
        };
        List<RunTag> tags = [new(SlurmTags.State, state.Length > 0 ? state : "unknown"), new(SlurmTags.Restarts, end.GetValueOrDefault("restarts") ?? "0")];
        Add(SlurmTags.UsedSeconds, end.GetValueOrDefault("seconds"));
        Add(SlurmTags.UsedCpu, end.GetValueOrDefault("cpu"));
        Add(SlurmTags.Node, end.GetValueOrDefault("node"));
        Add(SlurmTags.UsedMemory, memory);
        await _client.LogBatchAsync(runId, tags: tags);
        await _logs.SaveAsync(_client, runId, number, _options);
        var detail = code == "limit" || state == "TIMEOUT" ? "it reached its time limit; ask for more time, or let it go on from checkpoints with resubmissions" : $"exit code {code ?? "unknown"}, job state {state}";
        return await RunEnd.MarkAsync(_client, runId, status, detail, _options);

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                tags.Add(new(key, value));
        }
    }
}
