namespace Interop.WebPages;

/// <summary>The real MLflow's pages of what our client logged through its server.</summary>
/// <param name="sites">The servers.</param>
[Collection(SharedWebSites.Name)]
public sealed class RestPagesTests(WebSites sites) : WebPagesSuite(sites)
{
    private protected override Task<WebSite> SiteAsync(WebSites sites) => sites.RestAsync();
}
