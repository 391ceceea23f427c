using System.Text.Json;
using MLflowSharp.Stores;

namespace MLflowSharp.Artifacts.S3;

/// <summary>
/// Settings for artifacts at <c>s3://bucket/path</c>. Keys, profiles and regions are found as by Amazon's SDK: <c>AWS_ACCESS_KEY_ID</c> and
/// <c>AWS_SECRET_ACCESS_KEY</c>, <c>AWS_PROFILE</c>, <c>~/.aws</c>, and what the machine itself is given.
/// </summary>
public sealed record S3ArtifactOptions
{
    /// <summary>Address of the service, such as <c>https://a3s.fi</c>. Default: <c>MLFLOW_S3_ENDPOINT_URL</c>, <c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c>, else Amazon's.</summary>
    public string? EndpointUrl { get; init; } = FirstOf("MLFLOW_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

    /// <summary>Region that requests are signed for. Default: <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>, else the profile's, else <c>us-east-1</c>.</summary>
    public string? Region { get; init; } = FirstOf("AWS_REGION", "AWS_DEFAULT_REGION");

    /// <summary>Whether certificates are not checked. Default: <c>MLFLOW_S3_IGNORE_TLS</c>, else false.</summary>
    public bool IgnoreTls { get; init; } = FirstOf("MLFLOW_S3_IGNORE_TLS") is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A PEM file, or a folder of PEM files, of the authorities whose certificates are trusted, instead of the system's. Default:
    /// <c>AWS_CA_BUNDLE</c> or <c>REQUESTS_CA_BUNDLE</c>, as boto3; else the system's, to which <c>SSL_CERT_FILE</c> adds on Linux.
    /// </summary>
    public string? CertificateBundle { get; init; } = FirstOf("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE");

    /// <summary>Where a request names the bucket. Default: <c>MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE</c>, else <see cref="S3AddressingStyle.Auto"/>.</summary>
    public S3AddressingStyle AddressingStyle { get; init; } = FirstOf("MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE")?.ToUpperInvariant() switch
    {
        "PATH" => S3AddressingStyle.Path,
        "VIRTUAL" => S3AddressingStyle.Virtual,
        _ => S3AddressingStyle.Auto,
    };

    /// <summary>Account that the bucket must belong to; null for any. Default: <c>MLFLOW_S3_EXPECTED_BUCKET_OWNER</c>.</summary>
    public string? ExpectedBucketOwner { get; init; } = FirstOf("MLFLOW_S3_EXPECTED_BUCKET_OWNER");

    /// <summary>
    /// What else is said when a file is written, a JSON object with boto3's names, such as <c>{"ServerSideEncryption": "aws:kms",
    /// "SSEKMSKeyId": "…"}</c>. Default: <c>MLFLOW_S3_UPLOAD_EXTRA_ARGS</c>.
    /// </summary>
    public string? UploadExtraArguments { get; init; } = FirstOf("MLFLOW_S3_UPLOAD_EXTRA_ARGS");

    /// <summary>Whether requests are not signed, for public buckets. Default: whether <c>MLFLOW_EXPERIMENTAL_S3_SIGNATURE_VERSION</c> is <c>unsigned</c>.</summary>
    public bool Anonymous { get; init; } = "unsigned".Equals(FirstOf("MLFLOW_EXPERIMENTAL_S3_SIGNATURE_VERSION"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Key to sign with, instead of where Amazon's SDK looks; together with <see cref="SecretAccessKey"/>.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Secret of <see cref="AccessKeyId"/>. It appears in no message.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Token that belongs to <see cref="AccessKeyId"/> when the key is good for a session only; null for a key that lasts. It appears in no message.</summary>
    public string? SessionToken { get; init; }

    /// <summary>How a notebook shows the settings: as their text, which has no secret.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    internal IReadOnlyDictionary<string, JsonElement> ExtraArguments()
    {
        if (UploadExtraArguments is null)
            return new Dictionary<string, JsonElement>();
        try
        {
            using var document = JsonDocument.Parse(UploadExtraArguments);
            return document.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.Clone(), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new MlflowException(
                "MLFLOW_S3_UPLOAD_EXTRA_ARGS is not a JSON object. Write, for instance, {\"ServerSideEncryption\": \"AES256\"}.", ErrorCode.InvalidParameterValue, error);
        }
    }

    // The compiler's text of a record would show the secret.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("EndpointUrl = ").Append(EndpointUrl is null ? null : StoreUri.WithoutSecrets(EndpointUrl)).Append(", Region = ").Append(Region);
        return true;
    }

    private static string? FirstOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                return value;
        }

        return null;
    }
}
