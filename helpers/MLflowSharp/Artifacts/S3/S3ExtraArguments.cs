using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace MLflowSharp.Artifacts.S3;

/// <summary>What <c>MLFLOW_S3_UPLOAD_EXTRA_ARGS</c> asks for, in boto3's names, put onto the SDK's requests.</summary>
internal sealed class S3ExtraArguments(IReadOnlyDictionary<string, JsonElement> arguments)
{
    public void ApplyTo(PutObjectRequest request)
    {
        foreach (var (name, value) in arguments)
        {
            var text = value.ToString();
            switch (name)
            {
                case "ACL": request.CannedACL = S3CannedACL.FindValue(text); break;
                case "StorageClass": request.StorageClass = S3StorageClass.FindValue(text); break;
                case "ServerSideEncryption": request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.FindValue(text); break;
                case "SSEKMSKeyId": request.ServerSideEncryptionKeyManagementServiceKeyId = text; break;
                case "RequestPayer": request.RequestPayer = RequestPayer.FindValue(text); break;
                case "WebsiteRedirectLocation": request.WebsiteRedirectLocation = text; break;
                case "Tagging": request.TagSet = Tags(text); break;
                case "ContentType": request.Headers.ContentType = text; break;
                case "ContentEncoding": request.Headers.ContentEncoding = text; break;
                case "ContentDisposition": request.Headers.ContentDisposition = text; break;
                case "CacheControl": request.Headers.CacheControl = text; break;
                case "ContentLanguage": request.Headers["Content-Language"] = text; break;
                case "ExpectedBucketOwner": break; // An option of its own says it for every request.
                case "Metadata" when value.ValueKind == JsonValueKind.Object:
                    foreach (var item in value.EnumerateObject())
                        request.Metadata.Add(item.Name, item.Value.ToString());
                    break;
                default:
                    throw MlflowException.Invalid(
                        $"MLFLOW_S3_UPLOAD_EXTRA_ARGS has '{name}', which is not supported. Use ACL, StorageClass, ServerSideEncryption, SSEKMSKeyId, RequestPayer, Tagging, Metadata, "
                        + "WebsiteRedirectLocation, ContentType, ContentEncoding, ContentDisposition, ContentLanguage or CacheControl. Nothing was written.");
            }
        }
    }

    /// <summary>The same for a file that is sent in parts.</summary>
    public void ApplyTo(InitiateMultipartUploadRequest request)
    {
        var whole = new PutObjectRequest();
        ApplyTo(whole);
        request.CannedACL = whole.CannedACL;
        request.StorageClass = whole.StorageClass;
        request.ServerSideEncryptionMethod = whole.ServerSideEncryptionMethod;
        request.ServerSideEncryptionKeyManagementServiceKeyId = whole.ServerSideEncryptionKeyManagementServiceKeyId;
        request.RequestPayer = whole.RequestPayer;
        request.WebsiteRedirectLocation = whole.WebsiteRedirectLocation;
        request.TagSet = whole.TagSet;
        foreach (var name in whole.Headers.Keys)
            request.Headers[name] = whole.Headers[name];
        foreach (var name in whole.Metadata.Keys)
            request.Metadata[name] = whole.Metadata[name];
    }

    /// <summary>The same as headers, for a file that somebody else sends.</summary>
    public Dictionary<string, string> ToHeaders()
    {
        ApplyTo(new PutObjectRequest()); // Refuses what is not supported.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in arguments)
        {
            if (name == "Metadata")
            {
                foreach (var item in value.EnumerateObject())
                    headers[$"x-amz-meta-{item.Name}"] = item.Value.ToString();
            }
            else if (HeaderOf(name) is { } header)
            {
                headers[header] = value.ToString();
            }
        }

        return headers;
    }

    private static string? HeaderOf(string name) => name switch
    {
        "ACL" => "x-amz-acl",
        "StorageClass" => "x-amz-storage-class",
        "ServerSideEncryption" => "x-amz-server-side-encryption",
        "SSEKMSKeyId" => "x-amz-server-side-encryption-aws-kms-key-id",
        "RequestPayer" => "x-amz-request-payer",
        "WebsiteRedirectLocation" => "x-amz-website-redirect-location",
        "Tagging" => "x-amz-tagging",
        "ContentType" => "Content-Type",
        "ContentEncoding" => "Content-Encoding",
        "ContentDisposition" => "Content-Disposition",
        "ContentLanguage" => "Content-Language",
        "CacheControl" => "Cache-Control",
        _ => null,
    };

    private static List<Tag> Tags(string text) =>
        [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => new Tag { Key = Uri.UnescapeDataString(pair[0]), Value = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "") })];
}
