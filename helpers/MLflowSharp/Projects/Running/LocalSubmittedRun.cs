using System.Globalization;

namespace MLflowSharp.Projects.Running;

/// <summary>A run whose program is a process of this machine.</summary>
internal sealed class LocalSubmittedRun : SubmittedRun
{
    private readonly MlflowClient _client;
    private readonly ProjectRunOptions _options;
    private readonly ProjectProcess _process;
    private readonly ProjectLog _log;
    private readonly Task<RunStatus> _end;
    private volatile bool _isCancelled;

    private LocalSubmittedRun(string runId, MlflowClient client, ProjectRunOptions options, ProjectProcess process, ProjectLog log)
        : base(runId)
    {
        (_client, _options, _process, _log) = (client, options, process, log);
        _end = EndAsync();
    }

    public static LocalSubmittedRun Start(PreparedProject prepared, string command, Run run, MlflowClient client)
    {
        var log = new ProjectLog(prepared.Options.Output);
        try
        {
            var process = ProjectProcess.Start(command, prepared.Project.Folder, ProjectLauncher.Variables(run, client), log.Write);
            return new LocalSubmittedRun(run.Info.RunId, client, prepared.Options, process, log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    public override async Task<RunStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _end.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _options.Tell($"=== Run (ID '{RunId}') interrupted, cancelling run ===");
            await CancelAsync();
            throw;
        }
    }

    public override async Task CancelAsync()
    {
        if (!_end.IsCompleted)
        {
            _isCancelled = true;
            await _process.StopAsync(_options.GracePeriod);
        }

        await _end;
    }

    private async Task<RunStatus> EndAsync()
    {
        using (_process)
        using (_log)
        {
            var exitCode = await _process.WaitAsync(CancellationToken.None);
            await _log.SaveAsync(_client, RunId, _options);
            return await RunEnd.MarkAsync(_client, RunId, _isCancelled ? RunStatus.Killed : exitCode == 0 ? RunStatus.Finished : RunStatus.Failed,
                string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"), _options);
        }
    }
}
