namespace MLflowSharp.Projects;

/// <summary>A run of a project that is under way, as MLflow's <c>SubmittedRun</c> (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.projects.html#mlflow.projects.SubmittedRun).</summary>
public abstract class SubmittedRun
{
    /// <summary>Made where something is started.</summary>
    /// <param name="runId">The run.</param>
    protected SubmittedRun(string runId) => RunId = runId;

    /// <summary>Identifier of the run.</summary>
    public string RunId { get; }

    /// <summary>Waits until it ends, and marks the run: FINISHED, FAILED or KILLED.</summary>
    /// <param name="cancellationToken">Stops the program, marks the run KILLED, and then throws.</param>
    /// <returns>How it ended.</returns>
    public abstract Task<RunStatus> WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops the program and all that it started, and marks the run KILLED; <see cref="WaitAsync"/> then returns.</summary>
    public abstract Task CancelAsync();
}
