using Microsoft.Playwright;

namespace Interop.WebPages;

public abstract partial class WebPagesSuite
{
    [Fact]
    public Task A_runs_files_have_a_tree_and_every_kind_a_preview() => VisitAsync(
        "files",
        $"{AdamPage}/artifacts",
        async () =>
        {
            await ShowsAsync("charts", "images", "counts.csv", "five.png", "model_summary.txt", "predictions.json", "remark.txt", "remarks.md", "settings.json", "settings.yaml");
            await PreviewAsync("remark.txt", "Four epochs are quick: hyvää työtä ✓");
            await PreviewAsync("model_summary.txt", "Total parameters: 25,450");
            await PreviewAsync("remarks.md", "Remarks", "good enough");
            await PreviewAsync("settings.json", "learning_rate", "0.001");
            await PreviewAsync("settings.yaml", "layers", "784");
            await PreviewAsync("counts.csv", "digit", "images", "60", "71");
            await PreviewAsync("predictions.json", "View as table", "image", "label", "guess", "sure", "0.51", "0.99", "0.87");
            await PreviewAsync("five.png", () => _site.PaintsAsync(28));
            await Page.GetByLabel("charts", new() { Exact = true }).ClickAsync();
            await PreviewAsync("charts/loss.png", () => _site.PaintsAsync(1280));
            await PreviewAsync("charts/loss.svg", () => _site.PaintsAsync(640));
            await PreviewAsync("charts/loss.html", SeeWholeChartAsync);
        });

    private Task PreviewAsync(string file, params string[] texts) => PreviewAsync(file, () => ShowsAsync(texts));

    private async Task PreviewAsync(string file, Func<Task> look)
    {
        await Page.GetByLabel(file.Split('/')[^1], new() { Exact = true }).ClickAsync();
        // Its name and where it is stand above it.
        await ShowsAsync($"{file} ", $"/{file}");
        await look();
        await _site.PictureAsync($"file-{file.Replace('/', '-')}");
    }

    private async Task SeeWholeChartAsync()
    {
        var chart = Page.FrameLocator("iframe").Locator("svg");
        await Assertions.Expect(chart).ToContainTextAsync("Loss of each epoch");
        var (whole, frame) = (await chart.BoundingBoxAsync(), await Page.Locator("iframe").BoundingBoxAsync());
        Assert.True(whole!.X + whole.Width <= frame!.X + frame.Width, $"The chart is {whole.Width} wide and sticks out of its frame of {frame.Width}.");
    }
}
