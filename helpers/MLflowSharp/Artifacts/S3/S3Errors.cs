using System.Net;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;

namespace MLflowSharp.Artifacts.S3;

/// <summary>Turns what S3 services refuse into MLflow's errors. Some services leave the message empty; the code is what counts.</summary>
internal static class S3Errors
{
    public static bool IsOfTheService(Exception error) => error is AmazonServiceException or AmazonClientException or HttpRequestException;

    public static bool IsMissing(AmazonS3Exception error) => error.StatusCode == HttpStatusCode.NotFound;

    /// <param name="what">What could not be done, a clause such as "The artifact 'a' cannot be written to 's3://b'".</param>
    /// <param name="error">What the service or the SDK said.</param>
    /// <param name="whenForbidden">What to do when it is forbidden.</param>
    public static MlflowException Of(string what, Exception error, string whenForbidden = "Ask the bucket's owner for access.")
    {
        if (error is not AmazonServiceException { StatusCode: not 0 } refusal)
        {
            for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            {
                if (cause is AuthenticationException)
                {
                    return new(
                        $"{what}: the service's certificate is not trusted ({cause.Message}). Set AWS_CA_BUNDLE to a PEM file with the authority that signed it; "
                        + "MLFLOW_S3_IGNORE_TLS=true trusts anybody, and so is only for tests.",
                        ErrorCode.PermissionDenied, error);
                }
            }

            return error is AmazonClientException && error.Message.Contains("redentials", StringComparison.Ordinal)
                ? new($"{what}: no keys for S3 were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws/credentials.", ErrorCode.Unauthenticated, error)
                : new($"{what}: the service did not answer ({error.Message}). Check MLFLOW_S3_ENDPOINT_URL and the network, then try again.", ErrorCode.TemporarilyUnavailable, error);
        }

        var (code, advice) = (refusal.ErrorCode, refusal.StatusCode) switch
        {
            ("InvalidAccessKeyId" or "SignatureDoesNotMatch", _) => (ErrorCode.Unauthenticated, "The service does not accept the key or its secret; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
            ("RequestTimeTooSkewed", _) => (ErrorCode.Unauthenticated, "This machine's clock is wrong; set it."),
            ("ExpiredToken", _) => (ErrorCode.Unauthenticated, "The keys have expired; get new ones."),
            ("QuotaExceeded" or "TooManyBuckets" or "EntityTooLarge", _) => (ErrorCode.ResourceExhausted, "Make room, or ask for a larger quota."),
            ("BadDigest" or "XAmzContentSHA256Mismatch", _) => (ErrorCode.DataLoss, "The content was changed on its way; send it again."),
            ("NoSuchUpload", _) => (ErrorCode.ResourceDoesNotExist, "That upload is complete already, was given up, or never began; begin another."),
            ("InvalidPart" or "InvalidPartOrder" or "EntityTooSmall", _) => (ErrorCode.InvalidParameterValue, "Send every part, of 5 MiB or more but for the last, and name each with the entity tag that was answered."),
            ("NoSuchBucket", _) => (ErrorCode.ResourceDoesNotExist, "There is no such bucket; make it, or correct the URI."),
            (_, HttpStatusCode.NotFound) => (ErrorCode.ResourceDoesNotExist, "ListArtifacts shows what there is."),
            (_, HttpStatusCode.Forbidden) => (ErrorCode.PermissionDenied, whenForbidden),
            (_, HttpStatusCode.Unauthorized) => (ErrorCode.Unauthenticated, "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
            (_, HttpStatusCode.TooManyRequests) => (ErrorCode.RequestLimitExceeded, "Try again later, with less at a time."),
            (_, HttpStatusCode.InsufficientStorage) => (ErrorCode.ResourceExhausted, "Make room, or ask for a larger quota."),
            (_, HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout) => (ErrorCode.TemporarilyUnavailable, "Try again later."),
            (_, HttpStatusCode.BadRequest) => (ErrorCode.InvalidParameterValue, "Check the URI and MLFLOW_S3_UPLOAD_EXTRA_ARGS."),
            _ => (ErrorCode.InternalError, "Try again; if it stays, ask the service's operators."),
        };
        return new($"{what}: the service answered {refusal.ErrorCode} ({(int)refusal.StatusCode}). {advice}", code, error);
    }
}
