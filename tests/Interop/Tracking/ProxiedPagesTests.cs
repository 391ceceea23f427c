using Interop.Browser;
using Microsoft.Playwright;
using MLflowSharp;
using MLflowSharp.Server;
using MLflowSharp.Server.Tests.Hosting;
using MLflowSharp.Serving.Tracking;

namespace Interop.Tracking;

/// <summary>MLflow's own pages in a browser that reaches our server through a proxy, by the address with the token.</summary>
public sealed class ProxiedPagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/rnode/rc4183/5000", true)]
    [InlineData("/proxy/5000", false)]
    public async Task The_pages_load_whole_and_change_things_behind_a_prefix(string prefix, bool strips)
    {
        var python = PythonEnvironment.Require();
        var pages = new InstalledPages(name => name == "VIRTUAL_ENV" ? Path.GetDirectoryName(Path.GetDirectoryName(python.Executable)) : null, _folder.FullName).Find();
        Assert.NotNull(pages);
        using (var client = new MlflowClient(_folder.TrackingUri, new() { DefaultArtifactRoot = _folder.Combine("artifacts") }))
            client.CreateExperiment("behind a proxy");
        await using var server = await TrackingServer.StartAsync(
            new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = _folder.Combine("served"), PagesFolder = pages, Port = 0, Token = "s3cret", PathPrefix = strips ? "" : prefix },
            TestContext.Current.CancellationToken);
        await using var proxy = await ReverseProxy.StartAsync(new(server.TrackingUri), prefix, strips);
        await using var context = await (await SharedChromium.BrowserAsync()).NewContextAsync();
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        // Without users there is nobody to tell of, which the pages ask and MLflow's server answers with 404 as well.
        var faults = new PageFaults(page, fault => fault.Contains("users/current", StringComparison.Ordinal));

        await page.GotoAsync($"{proxy.Address}/?token=s3cret#/experiments");
        await Assertions.Expect(page.GetByText("behind a proxy", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        Assert.StartsWith($"{proxy.Address}/#/experiments", page.Url, StringComparison.Ordinal);
        Assert.Equal(200, await page.EvaluateAsync<int>(
            "async () => (await fetch('ajax-api/2.0/mlflow/experiments/create', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'made by a page' }) })).status"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        Assert.Empty(faults.All);
    }
}
