using Interop.Drawing;
using Microsoft.Playwright;
using MLflowSharp.Server.Tests.Hosting;
using Tutorial.Helpers;

namespace Interop.Lab;

/// <summary>The drawing area in JupyterLab, drawn on with the mouse.</summary>
[Collection(SharedLab.Name)]
public sealed class SketchpadTests(JupyterLab lab, TrainedNetwork trained) : IClassFixture<TrainedNetwork>
{
    [Fact]
    public async Task A_digit_is_drawn_read_by_champion_and_challenger_and_kept_with_its_label()
    {
        await using var notebook = await lab.OpenAsync(
            "sketchpad",
            $$"""
            #r "{{typeof(DigitReader).Assembly.Location}}"
            using CSharpKernel.Widgets;
            using MLflowSharp;
            using Tutorial.Helpers;

            var (champion, challenger) = (LoadedModel.Load("{{trained.Folder}}"), LoadedModel.Load("{{trained.Challenger.Directory}}"));
            var client = new MlflowClient("sqlite:///{{trained.PathOf("mlflow.db")}}");
            var run = client.CreateRun(client.CreateExperiment("feedback")).Info.RunId;
            """,
            """
            var pad = new Sketchpad(description: "Draw a digit");
            var reader = new DigitReader(("champion", champion), ("challenger", challenger));
            var feedback = new DigitFeedback(client, run);
            var answer = new Html(reader.ToHtml(""));
            var label = new Dropdown<int>(Enumerable.Range(0, 10)) { Description = "It is a" };
            var keep = new Button("Wrong? Tell me");
            pad.Changed += drawing => answer.Value = reader.ToHtml(drawing);
            keep.Clicked += () => { feedback.Keep(pad.Value, label.Value); Console.WriteLine($"kept {feedback.Kept.Count}"); };
            display(new VBox(new HBox(pad, answer), new HBox(label, keep)));
            """,
            "DigitDrawing.Parse(pad.Value).IsEmpty");
        await notebook.RunAsync(0);
        await notebook.CountIsAsync(0, 1);
        await notebook.RunAsync(1);
        var canvas = notebook.Output(1).Locator("canvas");
        await canvas.WaitForAsync();

        await DrawingPage.DrawAsync(notebook.Page, canvas, SampleDrawings.All.First(sample => sample.Digit == 3).Drawing);
        await Assertions.Expect(notebook.Output(1).Locator("b", new() { HasTextString = "champion" }).Locator("xpath=following-sibling::div[1]")).ToHaveTextAsync("3");
        await notebook.PictureAsync("lab-sketchpad");
        await notebook.Output(1).Locator("button.jupyter-button").ClickAsync();
        await notebook.ShowsAsync(1, "kept 1");
        await notebook.RunAsync(2);
        await notebook.ShowsAsync(2, "False");
    }

    [Fact]
    public async Task A_drawing_reaches_the_kernel_through_a_proxy_with_a_prefix()
    {
        ReverseProxy? proxy = null;
        await using (var notebook = await lab.OpenAsync(
            async server =>
            {
                proxy = await ReverseProxy.StartAsync(new(server.GetLeftPart(UriPartial.Authority)), LabServer.Prefix, strips: false);
                return proxy.Address;
            },
            "proxied-sketchpad",
            """
            using CSharpKernel.Widgets;
            var pad = new Sketchpad(description: "Draw a digit");
            var answer = new Html("nothing");
            pad.Changed += drawing => answer.Value = "ink " + drawing.Contains("strokes");
            display(new VBox(pad, answer));
            """))
        {
            await notebook.RunAsync(0);
            var canvas = notebook.Output(0).Locator("canvas");
            await canvas.WaitForAsync();

            await DrawingPage.DrawAsync(notebook.Page, canvas, SampleDrawings.All.First(sample => sample.Digit == 3).Drawing);
            await notebook.ShowsAsync(0, "ink True");

            Assert.StartsWith(proxy!.Address, notebook.Page.Url, StringComparison.Ordinal);
        }

        await proxy!.DisposeAsync();
    }
}
