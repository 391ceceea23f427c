using Interop.Artifacts;

namespace Interop.Services;

/// <summary>The tests that share one Ceph gateway.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCeph : ICollectionFixture<CephGateway>, ICollectionFixture<ArtifactServers>
{
    /// <summary>What a class of such tests names in its <c>[Collection]</c>.</summary>
    public const string Name = "Ceph";
}
