namespace MLflowSharp;

/// <summary>
/// A run that is being logged to, as <see cref="Mlflow.StartRun"/> returns it. Disposing it ends the run as FINISHED, also when an
/// exception leaves the <c>using</c> block (C# does not tell); use <see cref="Mlflow.Run(string?, Action{ActiveRun})"/>, which marks such a run
/// FAILED, or call <see cref="End"/> yourself.
/// </summary>
public sealed class ActiveRun : IDisposable, IAsyncDisposable
{
    private readonly Run _run;
    private readonly IDisposable? _monitor;
    private int _ended;

    internal ActiveRun(MlflowClient client, Run run, ActiveRun? parent, IDisposable? monitor = null)
    {
        Client = client;
        _run = run;
        Parent = parent;
        _monitor = monitor;
    }

    /// <summary>Identifier of the run.</summary>
    public string RunId => _run.Info.RunId;

    /// <summary>Identity, times and status as they were when the run was started.</summary>
    public RunInfo Info => _run.Info;

    /// <summary>What the run had logged when it was started or resumed; <see cref="Mlflow.GetRun"/> reads the present state.</summary>
    public RunData Data => _run.Data;

    /// <summary>The client that the run is logged through, for logging to this run whichever is active. It is the run's: do not dispose it.</summary>
    public MlflowClient Client { get; }

    internal ActiveRun? Parent { get; }

    internal bool IsEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Ends the run as FINISHED if it has not been ended yet.</summary>
    public void Dispose() => MlflowClient.Wait(EndAsync(RunStatus.Finished));

    /// <summary>Ends the run as FINISHED if it has not been ended yet.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(RunStatus.Finished);

    /// <summary>The run's identifier, as notebooks show it.</summary>
    public override string ToString() => $"{Info.RunName} ({RunId})";

    /// <summary>Ends the run if it has not been ended yet, whether or not it is the active one.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task EndAsync(RunStatus status = RunStatus.Finished, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return Task.CompletedTask;
        ActiveRuns.Remove(this);
        _monitor?.Dispose();
        return Client.SetTerminatedAsync(RunId, status, cancellationToken: cancellationToken);
    }

    /// <inheritdoc cref="EndAsync"/>
    public void End(RunStatus status = RunStatus.Finished) => MlflowClient.Wait(EndAsync(status));
}
