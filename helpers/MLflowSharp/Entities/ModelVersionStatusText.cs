namespace MLflowSharp;

/// <summary>How MLflow writes the state of a registered model version.</summary>
internal static class ModelVersionStatusText
{
    public static string Of(ModelVersionStatus status) => status switch
    {
        ModelVersionStatus.PendingRegistration => "PENDING_REGISTRATION",
        ModelVersionStatus.FailedRegistration => "FAILED_REGISTRATION",
        _ => "READY",
    };

    /// <summary>Reads a state; one that is not said is READY, as in MLflow.</summary>
    public static ModelVersionStatus Parse(string? text) => text switch
    {
        null or "" or "READY" => ModelVersionStatus.Ready,
        "PENDING_REGISTRATION" => ModelVersionStatus.PendingRegistration,
        "FAILED_REGISTRATION" => ModelVersionStatus.FailedRegistration,
        _ => throw new MlflowException($"The store holds an unknown status of a model version, '{text}'.", ErrorCode.DataLoss),
    };
}
