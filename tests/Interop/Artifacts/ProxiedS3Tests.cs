using Interop.Services;

namespace Interop.Artifacts;

/// <summary>A real MLflow server that keeps artifacts in S3.</summary>
[Collection(SharedCeph.Name)]
public sealed class ProxiedS3Tests(CephGateway ceph, ArtifactServers servers) : ProxiedS3Suite(servers)
{
    private protected override Task<string> AddressAsync() => Servers.InS3Async(ceph);
}
