namespace MLflowSharp;

/// <summary>MLflow's error codes, as its REST interface names them (INVALID_PARAMETER_VALUE and so on).</summary>
public enum ErrorCode
{
    /// <summary>INTERNAL_ERROR (HTTP 500): something went wrong that the caller did not cause.</summary>
    InternalError,

    /// <summary>INVALID_PARAMETER_VALUE (400): an argument is not acceptable.</summary>
    InvalidParameterValue,

    /// <summary>RESOURCE_DOES_NOT_EXIST (404): no such experiment, run, tag, model or artifact.</summary>
    ResourceDoesNotExist,

    /// <summary>RESOURCE_ALREADY_EXISTS (400): the name is taken.</summary>
    ResourceAlreadyExists,

    /// <summary>INVALID_STATE (500): the operation does not fit the state of the thing or of the store.</summary>
    InvalidState,

    /// <summary>PERMISSION_DENIED (403): the server or the operating system refused access.</summary>
    PermissionDenied,

    /// <summary>TEMPORARILY_UNAVAILABLE (503): the store is busy or cannot be reached; the same call may succeed later.</summary>
    TemporarilyUnavailable,

    /// <summary>RESOURCE_EXHAUSTED (429): no space left, or a quota is used up.</summary>
    ResourceExhausted,

    /// <summary>DATA_LOSS (500): the stored data are damaged.</summary>
    DataLoss,

    /// <summary>BAD_REQUEST (400): the request could not be read.</summary>
    BadRequest,

    /// <summary>UNAUTHENTICATED (401): the server wants to know who asks.</summary>
    Unauthenticated,

    /// <summary>CUSTOMER_UNAUTHORIZED (401): the server does not accept these credentials.</summary>
    CustomerUnauthorized,

    /// <summary>NOT_FOUND (404): no such thing.</summary>
    NotFound,

    /// <summary>ENDPOINT_NOT_FOUND (404): the server does not know this operation; it may be older than the feature.</summary>
    EndpointNotFound,

    /// <summary>ABORTED (409): the operation was given up because of another one.</summary>
    Aborted,

    /// <summary>RESOURCE_CONFLICT (409): the thing was changed by someone else meanwhile.</summary>
    ResourceConflict,

    /// <summary>ALREADY_EXISTS (409): the thing is there already.</summary>
    AlreadyExists,

    /// <summary>REQUEST_LIMIT_EXCEEDED (429): too many requests.</summary>
    RequestLimitExceeded,

    /// <summary>CANCELLED (499): the operation was cancelled.</summary>
    Cancelled,

    /// <summary>NOT_IMPLEMENTED (501): this store or server cannot do that.</summary>
    NotImplemented,

    /// <summary>FEATURE_DISABLED (500): the server can do that, but it is switched off.</summary>
    FeatureDisabled,

    /// <summary>DEADLINE_EXCEEDED (504): the operation took too long.</summary>
    DeadlineExceeded,
}
