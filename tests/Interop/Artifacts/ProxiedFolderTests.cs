using Interop.Services;

namespace Interop.Artifacts;

/// <summary>A real MLflow server that keeps artifacts in a folder.</summary>
[Collection(SharedCeph.Name)]
public sealed class ProxiedFolderTests(ArtifactServers servers) : ProxiedSuite(servers)
{
    private protected override Task<string> AddressAsync() => Servers.InFolderAsync();
}
