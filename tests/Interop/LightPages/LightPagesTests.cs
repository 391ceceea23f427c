using Microsoft.Playwright;

namespace Interop.LightPages;

/// <summary>Our own pages in Chromium, behind a path prefix, as a student uses them. Pictures are saved in <c>artifacts/light-pages</c>.</summary>
public sealed class LightPagesTests(LightSite site) : IClassFixture<LightSite>
{
    [Fact]
    public async Task From_the_experiments_to_a_champion_by_keyboard_alone()
    {
        var (page, faults) = await site.OpenAsync("");
        var keyboard = new Keyboard(page);
        await LightSite.PictureAsync(page, "experiments");

        await keyboard.FollowAsync("MNIST: which optimizer?");
        await keyboard.FollowAsync("val_accuracy");
        await Assertions.Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("val_accuracy");
        Assert.Equal(["3Layer_adam", "3Layer_adagrad", "3Layer_sgd"], await page.Locator("tbody th a").AllTextContentsAsync());
        await keyboard.ToAsync("Choose 3Layer_adam", "INPUT");
        await page.Keyboard.PressAsync("Space");
        await keyboard.ToAsync("Choose 3Layer_adagrad", "INPUT");
        await page.Keyboard.PressAsync("Space");
        await LightSite.PictureAsync(page, "runs");
        await keyboard.FollowAsync("Compare the chosen runs", "BUTTON");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Compare 2 runs");
        await Assertions.Expect(page.Locator("tr.differs", new() { HasText = "opt_name" })).ToBeVisibleAsync();
        await LightSite.PictureAsync(page, "compare");
        await page.Locator("#course").ScrollIntoViewIfNeededAsync();
        await LightSite.PictureAsync(page, "compare-chart");
        await keyboard.FollowAsync("3Layer_adam");
        await LightSite.PictureAsync(page, "run");
        await page.Locator("#models").ScrollIntoViewIfNeededAsync();
        await LightSite.PictureAsync(page, "run-below");

        await keyboard.TypeAsync("Register as", "digits");
        await keyboard.FollowAsync("Register", "BUTTON");
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("Registered.");
        await keyboard.TypeAsync("Alias for version 1", "champion");
        await keyboard.FollowAsync("Set", "BUTTON");

        await Assertions.Expect(page.Locator("ul.tags").First).ToContainTextAsync("@champion");
        await LightSite.PictureAsync(page, "version");
        Assert.Equal("1", (await site.Client.GetModelVersionByAliasAsync("digits", "champion", TestContext.Current.CancellationToken)).Version);
        Assert.Equal(site.Runs.Adam, (await site.Client.GetModelVersionAsync("digits", "1", TestContext.Current.CancellationToken)).RunId);
        Assert.Empty(faults.All);
    }

    [Fact]
    public async Task Without_script_everything_is_reached_too()
    {
        var (page, faults) = await site.OpenAsync($"light/runs?experiment={site.Experiment}", script: false, isExpected: fault => fault.Contains("400", StringComparison.Ordinal));

        await page.GetByLabel("Filter").FillAsync("metrics.loss <");
        await page.GetByText("Apply").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LightSite.PictureAsync(page, "filter-error");
        await page.GetByLabel("Filter").FillAsync("params.opt_name != 'Adam'");
        await page.GetByText("Apply").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "3Layer_adagrad" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "loss" }).First.ClickAsync();
        await page.GetByLabel("Scale").SelectOptionAsync("log");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();

        // A dot tells its value without script.
        await Assertions.Expect(page.Locator("circle title").First).ToContainTextAsync("3Layer_adagrad: ");
        Assert.Empty(faults.All);
    }

    [Fact]
    public async Task A_chart_tells_its_values_to_pointer_and_keyboard()
    {
        var (page, faults) = await site.OpenAsync($"light/chart?metric=loss&run={site.Runs.Adam}&run={site.Runs.Adagrad}&smooth=0.6");
        var readout = page.Locator(".readout");
        await page.Locator("svg").HoverAsync();
        await Assertions.Expect(readout).ToContainTextAsync("3Layer_adagrad: ");
        await LightSite.PictureAsync(page, "chart");
        await page.Mouse.MoveAsync(5, 5);
        await Assertions.Expect(readout).ToHaveTextAsync("");

        await page.Locator("svg").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");

        await Assertions.Expect(readout).ToContainTextAsync("at step ");
        Assert.Empty(faults.All);
    }

    [Fact]
    public async Task What_a_running_run_logs_appears_by_itself_and_its_end_too()
    {
        var run = (await site.Client.CreateRunAsync(await site.Client.CreateExperimentAsync("live", cancellationToken: Cancellation), runName: "training", cancellationToken: Cancellation)).Info.RunId;
        var (page, faults) = await site.OpenAsync($"light/run?id={run}");
        await Assertions.Expect(page.Locator("#live-text")).ToContainTextAsync("Still logging");

        await site.Client.LogMetricAsync(run, "loss", 0.4321, step: 7, cancellationToken: Cancellation);
        await Assertions.Expect(page.GetByText("0.4321")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await LightSite.PictureAsync(page, "live");
        await site.Client.SetTerminatedAsync(run, cancellationToken: Cancellation);

        await Assertions.Expect(page.Locator("#live-text")).ToHaveTextAsync("It has ended.", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator(".state.finished")).ToBeVisibleAsync();
        Assert.Empty(faults.All);
    }

    [Fact]
    public async Task A_page_that_somebody_logged_runs_and_reaches_nothing()
    {
        // The browser tells of what it keeps the page from.
        var (page, faults) = await site.OpenAsync($"light/artifacts?run={site.Runs.Adam}&path=figure.html", isExpected: fault =>
            fault.Contains("Content Security Policy", StringComparison.Ordinal) || fault.Contains("Content-Security-Policy", StringComparison.Ordinal) || fault.StartsWith("request: GET", StringComparison.Ordinal));

        await Assertions.Expect(page.FrameLocator("iframe").Locator("#p")).ToHaveTextAsync("kept away");
        foreach (var (path, text) in new[] { ("tables/counts.csv", "2 rows"), ("remarks.md", "good enough") })
        {
            await page.GotoAsync($"{site.Uri}/light/artifacts?run={site.Runs.Adam}&path={path}");
            await Assertions.Expect(page.Locator("section")).ToContainTextAsync(text);
            await LightSite.PictureAsync(page, "file-" + Path.GetFileNameWithoutExtension(path));
        }

        await page.GotoAsync($"{site.Uri}/light/artifacts?run={site.Runs.Adam}&path=plots/circle.svg");
        Assert.True(await page.Locator("img.preview").EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"));
        Assert.Empty(faults.All);
    }

    [Fact]
    public async Task A_challenger_becomes_the_champion()
    {
        await site.Client.CreateRegisteredModelAsync("optimizers", description: "Reads handwritten *digits*.", cancellationToken: Cancellation);
        foreach (var (run, alias) in new[] { (site.Runs.Adagrad, "champion"), (site.Runs.Adam, "challenger") })
        {
            var model = (await site.Client.GetRunAsync(run, Cancellation)).Outputs.ModelOutputs[0].ModelId;
            var version = await site.Client.CreateModelVersionAsync("optimizers", $"models:/{model}", run, modelId: model, cancellationToken: Cancellation);
            await site.Client.UpdateModelVersionAsync("optimizers", version.Version, $"The {alias} of this week.", Cancellation);
            await site.Client.SetRegisteredModelAliasAsync("optimizers", alias, version.Version, Cancellation);
        }

        var (page, faults) = await site.OpenAsync("light/models");
        await LightSite.PictureAsync(page, "models");
        var keyboard = new Keyboard(page);
        await keyboard.FollowAsync("optimizers");
        await LightSite.PictureAsync(page, "model");
        await keyboard.FollowAsync("Compare champion and challenger");
        await LightSite.PictureAsync(page, "versions");
        await keyboard.FollowAsync("Make version 2 the champion", "BUTTON");

        await Assertions.Expect(page.Locator("[role=status]")).ToBeVisibleAsync();
        Assert.Equal("2", (await site.Client.GetModelVersionByAliasAsync("optimizers", "champion", Cancellation)).Version);
        Assert.Empty(faults.All);
    }

    [Theory]
    [InlineData(false, 1100)]
    [InlineData(true, 1100)]
    [InlineData(false, 390)]
    public async Task Every_field_has_a_label_every_table_its_headings_every_text_enough_contrast_and_no_page_is_too_wide(bool dark, int width)
    {
        var (page, faults) = await site.OpenAsync("", dark: dark, width: width);
        string[] pages =
        [
            "experiments", $"runs?experiment={site.Experiment}", $"run?id={site.Runs.Adam}", $"compare?run={site.Runs.Adam}&run={site.Runs.Adagrad}", $"chart?metric=loss&run={site.Runs.Adam}&run={site.Runs.Adagrad}",
            $"artifacts?run={site.Runs.Adam}&path=tables/counts.csv", "models", "experiments?view=deleted", $"runs?experiment={site.Experiment}&done=saved",
        ];
        foreach (var address in pages)
        {
            await page.GotoAsync($"{site.Uri}/light/{address}");
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            var complaints = await page.EvaluateAsync<string[]>(PageAudit.Script);
            Assert.True(complaints.Length == 0, $"{address}: {string.Join('\n', complaints)}");
            if (width < 1000)
                await LightSite.PictureAsync(page, $"narrow-{address.Split('?')[0]}");
        }

        if (dark)
        {
            await page.GotoAsync($"{site.Uri}/light/chart?metric=loss&run={site.Runs.Adam}&run={site.Runs.Adagrad}");
            await LightSite.PictureAsync(page, "chart-dark");
        }

        Assert.Empty(faults.All);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
