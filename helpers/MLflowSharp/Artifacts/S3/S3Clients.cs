using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace MLflowSharp.Artifacts.S3;

/// <summary>Makes the client of Amazon's SDK when the first file is asked for, and keeps it.</summary>
/// <param name="options">Settings.</param>
/// <param name="handler">What sends requests, for tests and proxies; null for the SDK's own.</param>
internal sealed class S3Clients(S3ArtifactOptions options, Func<HttpMessageHandler>? handler = null) : IDisposable
{
    private readonly Lazy<AmazonS3Client> _client = new(() => Make(options, handler));

    public S3ArtifactOptions Options => options;

    public IAmazonS3 Client
    {
        get
        {
            try
            {
                return _client.Value;
            }
            catch (AmazonClientException error)
            {
                throw new MlflowException(
                    "No keys for S3 were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws/credentials.", ErrorCode.Unauthenticated, error);
            }
        }
    }

    /// <summary>Whether connections are encrypted, so that the content itself need not be signed.</summary>
    public bool IsEncrypted => options.EndpointUrl is null || options.EndpointUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static AmazonS3Client Make(S3ArtifactOptions options, Func<HttpMessageHandler>? handler)
    {
        var region = options.Region ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? "us-east-1";
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.AddressingStyle == S3AddressingStyle.Path || (options.AddressingStyle == S3AddressingStyle.Auto && options.EndpointUrl is not null),
            // Services that are not Amazon's ignore or refuse its newer checksums; Content-MD5, which we send, all of them check.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 5,
            Timeout = TimeSpan.FromHours(6),
        };
        if (options.EndpointUrl is { } endpoint)
        {
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                throw MlflowException.Invalid($"The address of the S3 service, '{endpoint}', is not a web address. Set MLFLOW_S3_ENDPOINT_URL to one such as https://a3s.fi.");
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        if (handler is not null || S3Handler.IsNeeded(options))
            config.HttpClientFactory = new ClientFactory(handler ?? (() => S3Handler.Create(options)));
        if (options.Anonymous)
            return new AmazonS3Client(new AnonymousAWSCredentials(), config);
        return options switch
        {
            { AccessKeyId: { } key, SecretAccessKey: { } secret, SessionToken: { } token } => new AmazonS3Client(new SessionAWSCredentials(key, secret, token), config),
            { AccessKeyId: { } key, SecretAccessKey: { } secret } => new AmazonS3Client(new BasicAWSCredentials(key, secret), config),
            _ => new AmazonS3Client(config),
        };
    }

    private sealed class ClientFactory(Func<HttpMessageHandler> handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler()) { Timeout = Timeout.InfiniteTimeSpan };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
