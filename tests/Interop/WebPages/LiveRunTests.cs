using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Interop.Browser;
using Microsoft.Playwright;
using MLflowSharp;
using MLflowSharp.Server;

namespace Interop.WebPages;

/// <summary>MLflow's pages of our server, left open while a run goes on: they ask each half minute, which their clock is put forward for.</summary>
public sealed class LiveRunTests : IAsyncDisposable
{
    private const int MillisecondsBetweenPolls = 31_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Path, int Status)> _answers = [];
    private TrackingServer? _server;
    private IBrowserContext? _window;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_window?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Curves_grow_while_a_run_goes_on_and_nothing_is_sent_again_when_nothing_has_changed()
    {
        // A notebook writes to the database itself; the server is another program.
        using var notebook = new MlflowClient(_folder.TrackingUri, new() { DatabaseVersion = "3.17", DefaultArtifactRoot = _folder.Combine("artifacts"), Journal = new() { Enabled = false } });
        var runs = Enumerable.Range(0, 2).Select(_ => notebook.CreateRun("0").Info.RunId).ToList();
        Log(runs[0], 0, 1, 2);
        Log(runs[1], 0, 1);
        notebook.UpdateRun(runs[0], RunStatus.Finished);
        var page = await OpenAsync();

        await DrawsAsync(page, 3, 2);
        Assert.DoesNotContain(Curves(), answer => answer.Status != 200);

        _answers.Clear();
        await page.Clock.FastForwardAsync(MillisecondsBetweenPolls);
        await WaitAsync(() => Curves().Any());
        Assert.All(Curves(), answer => Assert.Equal(304, answer.Status));
        await DrawsAsync(page, 3, 2);

        Log(runs[1], 2, 3, 4);
        _answers.Clear();
        await page.Clock.FastForwardAsync(MillisecondsBetweenPolls);
        await DrawsAsync(page, 3, 5);
        Assert.Contains(Curves(), answer => answer.Status == 200);

        void Log(string run, params int[] steps) => notebook.LogBatch(run, [.. steps.Select(step => new Metric("loss", 1.0 / (step + 1), 1_700_000_000_000 + step, step))], [], []);
    }

    private IEnumerable<(string Path, int Status)> Curves() => _answers.Where(answer => answer.Path.EndsWith("get-history-bulk-interval", StringComparison.Ordinal));

    private static (string Path, int Status) AnswerOf(JsonNode line) => ((string)line["path"]!, (int)line["status"]!);

    private async Task<IPage> OpenAsync()
    {
        Chromium.Require();
        _server = await TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = _folder.TrackingUri,
                ArtifactsDestination = _folder.Combine("served"),
                PagesFolder = await WebSites.PagesFolderAsync(PythonEnvironment.Require()),
                Port = 0,
                // What the browser says of an answer that it had already is that of the answer that it had.
                OnLog = line => _answers.Enqueue(AnswerOf(JsonNode.Parse(line)!)),
            },
            TestContext.Current.CancellationToken);
        _window = await (await SharedChromium.BrowserAsync()).NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await _window.AddInitScriptAsync(ReaderChoices.Script);
        var page = await _window.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{_server.TrackingUri}/#/experiments/0/runs?compareRunsMode=CHART");
        return page;
    }

    /// <summary>Waits until the curves have so many points.</summary>
    private static async Task DrawsAsync(IPage page, params int[] points) => await page.WaitForFunctionAsync(
        """
        points => {
            // Of each run there is the curve, and a smoothed one over it.
            const ofRun = new Map((document.querySelector('.js-plotly-plot')?.data ?? []).map(curve => [curve.name, curve.x?.length]));
            return JSON.stringify([...ofRun.values()].sort()) === JSON.stringify(points.sort());
        }
        """,
        points);

    private static async Task WaitAsync(Func<bool> happens)
    {
        for (var attempt = 0; attempt < 200 && !happens(); attempt++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(happens());
    }
}
