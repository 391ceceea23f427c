using Interop.WebPages;
using Microsoft.Playwright;
using MLflowSharp.Server;
using Tutorial.Cli.Running;

namespace Screenshots;

/// <summary>MLflow's own pages over the course's store, served by our server, in a headless Chromium (<c>TUTORIAL_CHROMIUM</c>, else Debian's).</summary>
internal sealed class CourseSite : IAsyncDisposable
{
    private const int Width = 1320;
    // Two busy cores load 4 MB of scripts slowly.
    private const float Patience = 45_000;
    // The pages go on asking their server, so that they are never quiet; this is for what moves in and is drawn.
    private const float Settling = 2_500;

    private readonly TrackingServer _server;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private CourseSite(TrackingServer server, IPlaywright playwright, IBrowser browser) => (_server, _playwright, _browser) = (server, playwright, browser);

    /// <summary>Starts server and browser.</summary>
    /// <param name="checkout">The checkout; its <c>.venv</c> holds MLflow's pages.</param>
    /// <param name="store">What the pages are about.</param>
    public static async Task<CourseSite> OpenAsync(Checkout checkout, CourseStore store)
    {
        var pages = Directory.EnumerateDirectories(Path.Combine(checkout.Root, ".venv", "lib"))
            .Select(python => Path.Combine(python, "site-packages", "mlflow", "server", "js", "build")).FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException($"There is no mlflow in {checkout.Root}/.venv, whose pages are to be shown: environment/python/README.md says how to make it.");
        var server = await TrackingServer.StartAsync(new() { BackendStoreUri = store.TrackingUri, DefaultArtifactRoot = store.ArtifactRoot, PagesFolder = pages, Port = 0 });
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TUTORIAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(server, playwright, browser);
    }

    /// <summary>Opens a page, marks what is to be seen, and saves the picture.</summary>
    /// <param name="picture">What to show.</param>
    /// <param name="file">Where to.</param>
    public async Task TakeAsync(Picture picture, string file)
    {
        await using var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = Width, Height = picture.Height }, TimezoneId = "UTC", ColorScheme = ColorScheme.Light });
        await context.AddInitScriptAsync(ReaderChoices.Script);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        try
        {
            await page.GotoAsync($"{_server.TrackingUri}/#{picture.Page}");
            await page.GetByText(picture.Text).First.WaitForAsync();
            await page.WaitForTimeoutAsync(Settling);
            if (picture.Before is { } before)
            {
                await before(page);
                await page.WaitForTimeoutAsync(Settling);
            }

            // Plotly's tools lie over its charts as if the pointer were there.
            await page.AddStyleTagAsync(new() { Content = ".modebar { display: none !important }" });
            await Callouts.DrawAsync(page, picture.Marks);
            await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
        }
        catch (Exception error) when (error is TimeoutException or PlaywrightException)
        {
            var seen = Path.Combine(Path.GetTempPath(), picture.Name + ".png");
            await page.ScreenshotAsync(new() { Path = seen });
            throw new InvalidOperationException($"The picture {picture.Name} could not be taken; the page looked like {seen}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _server.DisposeAsync();
    }
}
