namespace MLflowSharp;

/// <summary>State of a logged model (https://mlflow.org/docs/latest/ml/model/#logged-model).</summary>
public enum LoggedModelStatus
{
    /// <summary>The store did not say.</summary>
    Unspecified = 0,

    /// <summary>Its files are being written.</summary>
    Pending = 1,

    /// <summary>It can be loaded.</summary>
    Ready = 2,

    /// <summary>Writing its files failed.</summary>
    UploadFailed = 3,
}
