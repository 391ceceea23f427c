namespace MLflowSharp.Artifacts.S3;

/// <summary>Where a request to S3 names the bucket.</summary>
public enum S3AddressingStyle
{
    /// <summary>In the path where an endpoint is named, else in the host name.</summary>
    Auto,

    /// <summary>In the path: <c>https://endpoint/bucket/key</c>. Most services that are not Amazon's want this.</summary>
    Path,

    /// <summary>In the host name: <c>https://bucket.endpoint/key</c>.</summary>
    Virtual,
}
