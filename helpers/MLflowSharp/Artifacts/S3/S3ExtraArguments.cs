using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace MLflowSharp.Artifacts.S3;

/// <summary>What <c>MLFLOW_S3_UPLOAD_EXTRA_ARGS</c> asks for, in boto3's names, put onto the SDK's requests.</summary>
internal sealed class S3ExtraArguments(IReadOnlyDictionary<string, JsonElement> arguments)
{
    public void ApplyTo(PutObjectRequest request)
    {
        Apply(request.Headers, request.Metadata, (name, value) =>
        {
            switch (name)
            {
                case "ACL": request.CannedACL = S3CannedACL.FindValue(value); break;
                case "StorageClass": request.StorageClass = S3StorageClass.FindValue(value); break;
                case "ServerSideEncryption": request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.FindValue(value); break;
                case "SSEKMSKeyId": request.ServerSideEncryptionKeyManagementServiceKeyId = value; break;
                case "RequestPayer": request.RequestPayer = RequestPayer.FindValue(value); break;
                case "WebsiteRedirectLocation": request.WebsiteRedirectLocation = value; break;
                case "Tagging": request.TagSet = Tags(value); break;
                default: return false;
            }

            return true;
        });
    }

    public void ApplyTo(InitiateMultipartUploadRequest request)
    {
        Apply(request.Headers, request.Metadata, (name, value) =>
        {
            switch (name)
            {
                case "ACL": request.CannedACL = S3CannedACL.FindValue(value); break;
                case "StorageClass": request.StorageClass = S3StorageClass.FindValue(value); break;
                case "ServerSideEncryption": request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.FindValue(value); break;
                case "SSEKMSKeyId": request.ServerSideEncryptionKeyManagementServiceKeyId = value; break;
                case "RequestPayer": request.RequestPayer = RequestPayer.FindValue(value); break;
                case "WebsiteRedirectLocation": request.WebsiteRedirectLocation = value; break;
                case "Tagging": request.TagSet = Tags(value); break;
                default: return false;
            }

            return true;
        });
    }

    private void Apply(HeadersCollection headers, MetadataCollection metadata, Func<string, string, bool> apply)
    {
        foreach (var (name, value) in arguments)
        {
            if (name == "Metadata" && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var item in value.EnumerateObject())
                    metadata.Add(item.Name, item.Value.ToString());
                continue;
            }

            var text = value.ToString();
            switch (name)
            {
                case "ContentType": headers.ContentType = text; break;
                case "ContentEncoding": headers.ContentEncoding = text; break;
                case "ContentDisposition": headers.ContentDisposition = text; break;
                case "CacheControl": headers.CacheControl = text; break;
                case "ContentLanguage": headers["Content-Language"] = text; break;
                case "ExpectedBucketOwner": break; // An option of its own says it for every request.
                default:
                    if (!apply(name, text))
                    {
                        throw MlflowException.Invalid(
                            $"MLFLOW_S3_UPLOAD_EXTRA_ARGS has '{name}', which is not supported. Use ACL, StorageClass, ServerSideEncryption, SSEKMSKeyId, RequestPayer, Tagging, Metadata, "
                            + "WebsiteRedirectLocation, ContentType, ContentEncoding, ContentDisposition, ContentLanguage or CacheControl. Nothing was written.");
                    }

                    break;
            }
        }
    }

    private static List<Tag> Tags(string text) =>
        [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => new Tag { Key = Uri.UnescapeDataString(pair[0]), Value = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "") })];
}
