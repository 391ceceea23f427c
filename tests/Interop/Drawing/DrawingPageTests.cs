using Microsoft.Playwright;
using MLflowSharp;
using MLflowSharp.Onnx;
using MLflowSharp.Server;
using MLflowSharp.Server.Tests.Hosting;
using MLflowSharp.Serving;
using Tutorial.Helpers;

namespace Interop.Drawing;

/// <summary>The pages to draw digits on, in Chromium: the one with networks in it from a file, the other from the scoring server.</summary>
public sealed class DrawingPageTests(TrainedNetwork trained) : IClassFixture<TrainedNetwork>
{
    private const string Token = "a-token-of-the-test";

    [Fact]
    public async Task The_page_makes_of_every_drawing_the_very_bytes_that_CSharp_makes()
    {
        await using var page = await OpenFileAsync();

        foreach (var sample in SampleDrawings.All)
        {
            Assert.Equal(sample.Drawing.ToImage().Pixels.ToArray(), await page.ImageOfAsync(sample.Drawing, "mass"));
            Assert.Equal(sample.Drawing.ToImage(DigitFit.BoundingBox).Pixels.ToArray(), await page.ImageOfAsync(sample.Drawing, "box"));
            Assert.Equal(sample.Drawing.ToImage(DigitFit.WholeCanvas).Pixels.ToArray(), await page.ImageOfAsync(sample.Drawing, "canvas"));
        }
    }

    [Fact]
    public async Task A_digit_drawn_on_the_page_of_a_file_is_read_by_the_networks_in_it_and_nobody_is_asked()
    {
        await using var page = await OpenFileAsync();

        await page.DrawAsync(Sample(3));
        await Assertions.Expect(page.Answer(0)).ToHaveTextAsync("3");
        await Assertions.Expect(page.Answer(1)).Not.ToHaveTextAsync("");
        await page.PictureAsync("draw-file");
        await page.Page.Locator("#clear").ClickAsync();
        await Assertions.Expect(page.Answer(0)).ToHaveTextAsync("");

        Assert.All(page.Asked, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_computes_what_ONNX_Runtime_computes()
    {
        await using var page = await OpenFileAsync();
        var reader = new DigitReader(("champion", trained.Model));

        foreach (var sample in SampleDrawings.All.Take(20))
        {
            var theirs = await page.Page.EvaluateAsync<double[]>("drawing => models[0].network(digitImage(JSON.parse(drawing)))", sample.Drawing.ToJson());
            Assert.All(reader.Read(sample.Drawing)[0].Probabilities.Zip(theirs), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public async Task What_was_read_wrongly_is_kept_with_its_label_for_a_file()
    {
        await using var page = await OpenFileAsync();
        await page.DrawAsync(Sample(5));
        await page.Page.Locator("#labels button", new() { HasTextString = "5" }).ClickAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#kept a").ClickAsync());

        var kept = Assert.Single(DigitFeedback.Read(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)));
        Assert.Equal(5, kept.Digit);
        Assert.False(kept.Drawing.IsEmpty);
        await Assertions.Expect(page.Answer()).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_finger_draws_and_undo_takes_its_stroke_back()
    {
        await using var page = await OpenFileAsync();
        var area = (await page.Page.Locator("#pad").BoundingBoxAsync())!;
        await page.Page.Touchscreen.TapAsync(area.X + 100, area.Y + 100);
        await Assertions.Expect(page.Answer()).Not.ToHaveTextAsync("");

        await page.Page.Locator("#undo").ClickAsync();

        await Assertions.Expect(page.Answer()).ToHaveTextAsync("");
    }

    [Fact]
    public async Task On_a_phone_the_answer_is_to_be_seen_without_scrolling_and_keys_take_back()
    {
        await using var page = await OpenFileAsync();
        await page.Page.SetViewportSizeAsync(360, 740);
        await page.DrawAsync(Sample(3));
        await Assertions.Expect(page.Answer()).ToHaveTextAsync("3");
        await page.PictureAsync("draw-phone");

        var (answer, last) = ((await page.Answer().BoundingBoxAsync())!, (await page.Page.Locator(".bar").Nth(9).BoundingBoxAsync())!);
        Assert.InRange(answer.Y, 0, 740);
        Assert.InRange(last.Y + last.Height, 0, 740);
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("scrollY"));
        Assert.Equal(360, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.Page.Keyboard.PressAsync("Control+z");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Answer()).ToHaveTextAsync("");
    }

    [Fact]
    public async Task The_page_of_the_scoring_server_asks_it_while_a_digit_is_drawn()
    {
        await using var server = await StartAsync();
        await using var page = await DrawingPage.OpenAsync($"{server.Uri}/draw#token={Token}");

        await page.DrawAsync(Sample(2));
        await Assertions.Expect(page.Answer()).ToHaveTextAsync("2");
        await page.PictureAsync("draw-server");

        Assert.All(page.Asked, address => Assert.StartsWith(server.Uri, address, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Asked, address => address.Contains(Token, StringComparison.Ordinal));
        Assert.True(page.Asked.Count(address => address.EndsWith("/invocations", StringComparison.Ordinal)) > 1);
    }

    [Theory]
    [InlineData("/rnode/rc4183/5000")]
    [InlineData("/proxy/5000")]
    public async Task The_page_works_behind_a_proxy_that_takes_its_prefix_away(string prefix)
    {
        await using var server = await StartAsync();
        await using var proxy = await ReverseProxy.StartAsync(new(server.Uri), prefix, strips: true);
        await using var page = await DrawingPage.OpenAsync($"{proxy.Address}/draw#token={Token}");

        await page.DrawAsync(Sample(2));

        await Assertions.Expect(page.Answer()).ToHaveTextAsync("2");
        Assert.All(page.Asked, address => Assert.StartsWith(proxy.Address + "/", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_served_model_read_wrongly_is_logged_beside_the_run_that_made_it_as_a_notebook_logs_it()
    {
        PythonEnvironment.Require();
        var token = TestContext.Current.CancellationToken;
        using var client = new MlflowClient($"sqlite:///{trained.PathOf($"feedback-{Guid.NewGuid():N}.db")}", new MlflowClientOptions { DefaultArtifactRoot = trained.PathOf("feedback"), Journal = new JournalOptions { Enabled = false } });
        var maker = client.CreateRun(client.CreateExperiment("digits"), runName: "maker");
        await OnnxFlavor.LogModelAsync(client, maker.Info.RunId, await File.ReadAllBytesAsync(Path.Combine(trained.Folder, "model.onnx"), token), cancellationToken: token);
        await using (var feedback = new DrawingFeedback(client))
        {
            var options = new ScoringServerOptions { Port = 0, Token = Token, Pages = new Dictionary<string, string> { [DrawPage.Path] = DrawPage.Html }, OnFeedback = feedback.KeepAsync };
            await using var server = await ScoringServer.StartAsync($"runs:/{maker.Info.RunId}/model", options, client, token);
            await using var page = await DrawingPage.OpenAsync($"{server.Uri}/draw#token={Token}");
            foreach (var digit in (int[])[2, 7])
            {
                await page.DrawAsync(Sample(digit));
                await page.Page.Locator("#labels button", new() { HasTextString = $"{digit}" }).ClickAsync();
                await Assertions.Expect(page.Page.Locator("#kept")).ToContainTextAsync($"{(digit == 2 ? 1 : 2)} kept beside the model, in the run ");
            }

            Assert.Equal(0, await page.Page.Locator("#kept a").CountAsync());
        }

        var run = Assert.Single(client.SearchRuns([maker.Info.ExperimentId], "attributes.run_name = 'feedback'"));
        Assert.Equal((maker.Info.RunId, RunStatus.Finished), (run.Data.Tags["mlflow.parentRunId"], run.Info.Status));
        Assert.Equal([2, 7], DigitFeedback.Read(await File.ReadAllTextAsync(client.DownloadArtifacts(run.Info.RunId, DigitFeedback.ArtifactFile), token)).Select(kept => kept.Digit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{\"label\": 10, \"drawing\": {\"strokes\": [[[1, 2]]]}}")]
    [InlineData("{\"label\": \"7\", \"drawing\": {\"strokes\": [[[1, 2]]]}}")]
    [InlineData("{\"label\": 7, \"drawing\": {\"strokes\": []}}")]
    public async Task What_is_no_feedback_is_refused_and_begins_no_run(string sent)
    {
        using var client = new MlflowClient($"sqlite:///{trained.PathOf($"refused-{Guid.NewGuid():N}.db")}", new MlflowClientOptions { Journal = new JournalOptions { Enabled = false } });
        await using var feedback = new DrawingFeedback(client);

        var refusal = await Assert.ThrowsAsync<MlflowException>(() => feedback.KeepAsync(trained.Model, sent, TestContext.Current.CancellationToken));

        Assert.StartsWith("This is no feedback on a drawing.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(client.SearchRuns(["0"]));
    }

    private static DigitDrawing Sample(int digit) => SampleDrawings.All.First(sample => sample.Digit == digit).Drawing;

    private async Task<DrawingPage> OpenFileAsync()
    {
        PythonEnvironment.Require();
        var file = trained.PathOf($"digits-{Guid.NewGuid():N}.html");
        DigitPage.Write(file, ("champion", trained.Model), ("challenger", trained.Challenger));
        return await DrawingPage.OpenAsync(new Uri(file).AbsoluteUri);
    }

    private Task<ScoringServer> StartAsync()
    {
        PythonEnvironment.Require();
        return ScoringServer.StartAsync(
            trained.Folder, new() { Port = 0, Token = Token, Pages = new Dictionary<string, string> { [DrawPage.Path] = DrawPage.Html } }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
