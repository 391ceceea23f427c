namespace Interop.WebPages;

/// <summary>MLflow's pages, served by our server over a database that our client wrote: without Python.</summary>
/// <param name="sites">The servers.</param>
[Collection(SharedWebSites.Name)]
public sealed class OurServerPagesTests(WebSites sites) : WebPagesSuite(sites)
{
    private protected override Task<WebSite> SiteAsync(WebSites sites) => sites.OursAsync();
}
