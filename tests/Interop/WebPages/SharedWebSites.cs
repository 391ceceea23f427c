namespace Interop.WebPages;

/// <summary>The tests that share the servers and the browser; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWebSites : ICollectionFixture<WebSites>
{
    /// <summary>What a class of such tests names in its <c>[Collection]</c>.</summary>
    public const string Name = "MLflow's pages";
}
