using System.Text.Json;
using Interop.Browser;
using Microsoft.Playwright;
using Tutorial.Helpers;

namespace Interop.Drawing;

/// <summary>A page to draw digits on, open in Chromium.</summary>
internal sealed class DrawingPage : IAsyncDisposable
{
    private const float Patience = 60_000;

    private readonly PageFaults _faults;
    private readonly List<string> _asked = [];

    private DrawingPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        _faults = new(page, fault => fault.Contains("favicon", StringComparison.Ordinal));
        page.Request += (_, request) => _asked.Add(request.Url);
    }

    /// <summary>The browser's page.</summary>
    public IPage Page { get; }

    /// <summary>All addresses that the page asked for.</summary>
    public IReadOnlyList<string> Asked => _asked;

    /// <summary>The digit that a model reads; models are counted from 0.</summary>
    public ILocator Answer(int model = 0) => Page.Locator(".model .answer").Nth(model);

    /// <summary>Opens a page.</summary>
    /// <param name="address">A web address or that of a file.</param>
    public static async Task<DrawingPage> OpenAsync(string address)
    {
        var context = await (await SharedChromium.BrowserAsync()).NewContextAsync(new() { ViewportSize = new() { Width = 1060, Height = 560 }, HasTouch = true });
        var page = new DrawingPage(await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    /// <summary>Draws with the mouse, on a canvas of 280 × 280.</summary>
    public static async Task DrawAsync(IPage page, ILocator canvas, DigitDrawing drawing)
    {
        await canvas.ScrollIntoViewIfNeededAsync();
        var area = (await canvas.BoundingBoxAsync())!;
        foreach (var stroke in drawing.Strokes)
        {
            await page.Mouse.MoveAsync(X(stroke[0]), Y(stroke[0]));
            await page.Mouse.DownAsync();
            foreach (var point in stroke.Skip(1))
                await page.Mouse.MoveAsync(X(point), Y(point));
            await page.Mouse.UpAsync();
        }

        float X(PenPoint point) => (float)(area.X + (point.X / drawing.Width * area.Width));
        float Y(PenPoint point) => (float)(area.Y + (point.Y / drawing.Height * area.Height));
    }

    /// <summary>Draws with the mouse.</summary>
    public Task DrawAsync(DigitDrawing drawing) => DrawAsync(Page, Page.Locator("#pad"), drawing);

    /// <summary>What the page's script makes of a drawing.</summary>
    public async Task<byte[]> ImageOfAsync(DigitDrawing drawing, string fit) =>
        [.. (await Page.EvaluateAsync<JsonElement>("([drawing, fit]) => Array.from(digitImage(JSON.parse(drawing), fit))", new object[] { drawing.ToJson(), fit })).EnumerateArray().Select(grey => grey.GetByte())];

    /// <summary>Saves a picture of the page as <c>artifacts/drawing/NAME.png</c>; the good ones are copied to <c>docs/images</c> by hand.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "drawing", $"{name}.png") });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(_faults.All);
    }
}
