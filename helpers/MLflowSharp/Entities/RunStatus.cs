namespace MLflowSharp;

/// <summary>State of a run, as MLflow's <c>RunStatus</c> names it (https://mlflow.org/docs/latest/ml/tracking/).</summary>
public enum RunStatus
{
    /// <summary>The run is logging.</summary>
    Running = 1,

    /// <summary>The run waits to be started by a scheduler.</summary>
    Scheduled = 2,

    /// <summary>The run ended well.</summary>
    Finished = 3,

    /// <summary>The run ended with an error.</summary>
    Failed = 4,

    /// <summary>The run was stopped from outside.</summary>
    Killed = 5,
}
