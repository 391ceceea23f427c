namespace Interop.WebPages;

/// <summary>The real MLflow's pages over a database that our client wrote.</summary>
/// <param name="sites">The servers.</param>
[Collection(SharedWebSites.Name)]
public sealed class DatabasePagesTests(WebSites sites) : WebPagesSuite(sites)
{
    private protected override Task<WebSite> SiteAsync(WebSites sites) => sites.DatabaseAsync();
}
