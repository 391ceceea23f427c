namespace MLflowSharp;

/// <summary>State of a registered model version (https://mlflow.org/docs/latest/ml/model-registry/).</summary>
public enum ModelVersionStatus
{
    /// <summary>PENDING_REGISTRATION: the server is still copying its files.</summary>
    PendingRegistration = 1,

    /// <summary>FAILED_REGISTRATION: it cannot be used.</summary>
    FailedRegistration = 2,

    /// <summary>READY: it can be loaded.</summary>
    Ready = 3,
}
