namespace MLflowSharp.Protocol;

/// <summary>An answer without content, and a request without fields: <c>{}</c>.</summary>
internal sealed record EmptyMessage;

/// <summary>How MLflow's server says that a call failed.</summary>
internal sealed record ErrorMessage
{
    public string? ErrorCode { get; set; }

    public string? Message { get; set; }

    /// <summary>Since MLflow 3.12.</summary>
    public string? Sqlstate { get; set; }

    /// <summary>Since MLflow 3.12.</summary>
    public string? ErrorClass { get; set; }
}

/// <summary>PATCH traces/{trace_id}/tags; without value, its DELETE. The older route calls the identifier request_id.</summary>
internal sealed record TraceTagRequest
{
    public string? RequestId { get; set; }

    public string? TraceId { get; set; }

    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>Answer of server-info (MLflow 3.10).</summary>
internal sealed record ServerInfoMessage
{
    public string? StoreType { get; set; }

    public bool? WorkspacesEnabled { get; set; }

    public bool? TraceArchivalEnabled { get; set; }

    public bool? MultipartUploadsEnabled { get; set; }

    public bool? MultipartDownloadsEnabled { get; set; }

    public bool? PresignedUploadRunIdSupported { get; set; }

    public bool? PresignedUploadModelIdSupported { get; set; }

    public IReadOnlyDictionary<string, bool>? FeaturesEnabled { get; set; }
}
