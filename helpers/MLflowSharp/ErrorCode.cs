namespace MLflowSharp;

/// <summary>MLflow's error codes, as its REST interface names them (INVALID_PARAMETER_VALUE and so on).</summary>
public enum ErrorCode
{
    /// <summary>INTERNAL_ERROR: something went wrong that the caller did not cause.</summary>
    InternalError,

    /// <summary>INVALID_PARAMETER_VALUE: an argument is not acceptable.</summary>
    InvalidParameterValue,

    /// <summary>RESOURCE_DOES_NOT_EXIST: no such experiment, run, tag or artifact.</summary>
    ResourceDoesNotExist,

    /// <summary>RESOURCE_ALREADY_EXISTS: the name is taken.</summary>
    ResourceAlreadyExists,

    /// <summary>INVALID_STATE: the operation does not fit the state of the thing or of the store.</summary>
    InvalidState,

    /// <summary>PERMISSION_DENIED: the operating system refused access.</summary>
    PermissionDenied,

    /// <summary>TEMPORARILY_UNAVAILABLE: the store is busy; the same call may succeed later.</summary>
    TemporarilyUnavailable,

    /// <summary>RESOURCE_EXHAUSTED: no space left.</summary>
    ResourceExhausted,

    /// <summary>DATA_LOSS: the stored data are damaged.</summary>
    DataLoss,
}
