using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Interop.Browser.SharedChromium))]

namespace Interop.Browser;

/// <summary>One headless Chromium for all tests, started when the first asks for it and closed with the last. Each test opens contexts of its own, and closes them.</summary>
public sealed class SharedChromium : IAsyncDisposable
{
    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> Started = new(StartAsync);

    /// <summary>The browser; without one the test is skipped, or fails when the peers are required.</summary>
    internal static async Task<IBrowser> BrowserAsync()
    {
        Chromium.Require();
        return (await Started.Value).Browser;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated || !Started.Value.IsCompletedSuccessfully)
            return;
        var (playwright, browser) = await Started.Value;
        await browser.CloseAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(Chromium.Options));
    }
}
