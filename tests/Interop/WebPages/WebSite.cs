using System.Text.RegularExpressions;
using Interop.Browser;
using Microsoft.Playwright;

namespace Interop.WebPages;

/// <summary>MLflow's pages of one server over one course, open in a browser window that is used for one visit after another, as a reader does.</summary>
internal sealed partial class WebSite
{
    // Two busy cores load 4 MB of scripts slowly.
    private const float Patience = 30_000;
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    /// <summary>What pages say when they have nothing better to say.</summary>
    private static readonly string[] Troubles =
    [
        "Something went wrong", "Something's gone wrong", "Page Not Found", "Internal Server Error", "An error occurred", "Error loading", "Couldn't load", "Can't load",
        "Failed to", "Loading Artifact Failed", "NaN", "undefined", "Invalid Date", "[object Object]", "Invalid DateTime",
    ];

    private readonly string _name;
    private readonly string _address;
    private readonly PageFaults _faults;
    private readonly HashSet<IRequest> _pending = [];
    private readonly Lock _lock = new();
    private DateTime _lastChange = DateTime.UtcNow;
    private int _calls;

    private WebSite(string name, string address, CourseStore course, IPage page)
    {
        (_name, _address, Course, Page) = (name, address, course, page);
        page.SetDefaultTimeout(Patience);
        _faults = new(page, IsExpected);
        page.Request += (_, request) => Change(request, begins: true);
        page.RequestFinished += (_, request) => Change(request, begins: false);
        page.RequestFailed += (_, request) => Change(request, begins: false);
    }

    /// <summary>What the pages are about.</summary>
    public CourseStore Course { get; }

    /// <summary>The window.</summary>
    public IPage Page { get; }

    /// <summary>Opens a window for a server's pages.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="name">What its pictures' names begin with.</param>
    /// <param name="address">The server's.</param>
    /// <param name="course">What is in its store.</param>
    public static async Task<WebSite> OpenAsync(IBrowser browser, string name, string address, CourseStore course)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, TimezoneId = "Europe/Helsinki" });
        await context.AddInitScriptAsync(ReaderChoices.Script);
        return new(name, address, course, await context.NewPageAsync());
    }

    /// <summary>Goes to a page, looks at it, saves a picture, and fails when anything on it went wrong.</summary>
    /// <param name="name">The picture's name.</param>
    /// <param name="fragment">The page's address after <c>#</c>.</param>
    /// <param name="look">What a reader looks for.</param>
    public async Task VisitAsync(string name, string fragment, Func<Task> look)
    {
        _faults.Take();
        // Which rows are unfolded and which columns shown is remembered, and would be another test's.
        if (Page.Url.StartsWith(_address, StringComparison.Ordinal))
            await Page.EvaluateAsync("Object.keys(localStorage).filter(key => key.startsWith('MLflowLocalStorage')).forEach(key => localStorage.removeItem(key))");
        try
        {
            await Page.GotoAsync($"{_address}/#{fragment}");
            await WaitUntilQuietAsync();
            await look();
            await WaitUntilQuietAsync();
        }
        finally
        {
            // As the reader saw it last, which tells more of a failed test than its message.
            await PictureAsync(name);
        }

        var text = await TextAsync();
        var faults = _faults.Take().Concat(from trouble in Troubles where text.Contains(trouble, StringComparison.Ordinal) select $"text: {trouble}").ToList();
        if (faults.Count > 0)
            Assert.Fail($"The page {fragment} reported:\n{string.Join('\n', faults)}\nIt reads: {text}");
    }

    /// <summary>Opens a page anew, and fails when an answer, a script or its console reports an error.</summary>
    /// <param name="fragment">The page's address after <c>#</c>.</param>
    /// <param name="text">What is to be read there when the page is whole.</param>
    /// <returns>How many calls it made to the server, files of the pages not counted.</returns>
    public async Task<int> OpenAsync(string fragment, string text)
    {
        // What the page before still asks for must not count here.
        await Page.GotoAsync("about:blank");
        lock (_lock)
            _pending.Clear();
        _faults.Take();
        var before = Volatile.Read(ref _calls);
        await Page.GotoAsync($"{_address}/#{fragment}");
        await ShowsAsync(text);
        await WaitUntilQuietAsync();
        var faults = _faults.Take();
        if (faults.Count > 0)
            Assert.Fail($"The page {fragment} reported:\n{string.Join('\n', faults)}");
        return Volatile.Read(ref _calls) - before;
    }

    /// <summary>Saves a picture of the page as <c>artifacts/webpages/SITE-NAME.png</c>; the good ones are copied to <c>docs/images</c> by hand.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "webpages", $"{_name}-{name}.png") });

    /// <summary>Waits until the page shows these texts, in any order.</summary>
    public async Task ShowsAsync(params string[] texts)
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(Patience);
        while (true)
        {
            var shown = await TextAsync();
            var missing = texts.Where(text => !shown.Contains(text, StringComparison.Ordinal)).ToList();
            if (missing.Count == 0)
                return;
            if (DateTime.UtcNow > deadline)
                Assert.Fail($"The page does not show '{string.Join("', '", missing)}'. It reads: {shown}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until charts are drawn, and sees that each of their lines goes somewhere.</summary>
    /// <param name="charts">How many charts at least; what is out of sight may not be drawn yet.</param>
    /// <returns>The number of lines, and of the points on them, of each chart.</returns>
    public async Task<IReadOnlyList<(int Lines, int Points)>> DrawsAsync(int charts)
    {
        var plots = Page.Locator(".js-plotly-plot:has(.scatterlayer path.js-line)");
        await Assertions.Expect(plots.Nth(charts - 1)).ToBeAttachedAsync(new() { Timeout = Patience });
        var drawn = await plots.EvaluateAllAsync<Plot[]>("""
            plots => plots.map(plot => ({
                lines: [...new Set([...plot.querySelectorAll('.scatterlayer path.js-line')].map(line => line.getAttribute('d')))],
                points: plot.querySelectorAll('.scatterlayer path.point').length }))
            """);
        Assert.All(drawn.SelectMany(plot => plot.Lines), line => Assert.True(line?.Contains('L', StringComparison.Ordinal), $"A line goes nowhere: '{line}'"));
        return [.. drawn.Select(plot => (plot.Lines.Length, plot.Points))];
    }

    /// <summary>Waits until an image or a canvas of this selector is there and has something on it.</summary>
    public async Task PaintsAsync(string selector)
    {
        var picture = Page.Locator(selector).First;
        await Assertions.Expect(picture).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.True(
            await picture.EvaluateAsync<bool>("picture => picture.tagName !== 'IMG' || picture.decode().then(() => picture.naturalWidth > 0)"),
            $"The image {await picture.GetAttributeAsync("src")} is not one.");
    }

    /// <summary>Waits until an image that is this many pixels wide by itself is to be seen.</summary>
    public async Task PaintsAsync(int width)
    {
        await Page.WaitForFunctionAsync(
            "width => [...document.images].some(image => image.complete && image.naturalWidth === width && image.getBoundingClientRect().width > 0)", width);
        // The picture of the page is of what is drawn, and that comes with the next frame.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private void Change(IRequest request, bool begins)
    {
        // Its worker never ends.
        if (request.Url.Contains("TelemetryLogger", StringComparison.Ordinal))
            return;
        lock (_lock)
        {
            if (begins && (request.Url.Contains("/ajax-api/", StringComparison.Ordinal) || request.Url.Contains("get-artifact", StringComparison.Ordinal) || request.Url.EndsWith("/graphql", StringComparison.Ordinal)))
                Interlocked.Increment(ref _calls);
            if (begins)
                _pending.Add(request);
            else
                _pending.Remove(request);
            _lastChange = DateTime.UtcNow;
        }
    }

    private async Task WaitUntilQuietAsync()
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(Patience);
        while (true)
        {
            lock (_lock)
            {
                if (_pending.Count == 0 && DateTime.UtcNow - _lastChange > Silence)
                    return;
                if (DateTime.UtcNow > deadline)
                    Assert.Fail($"Requests go on after {Patience / 1000} seconds:\n{string.Join('\n', _pending.Select(request => request.Url))}");
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsExpected(string fault) =>
        // The pages ask whether there are users; 404 says that there are none.
        fault.Contains("/ajax-api/2.0/mlflow/users/current", StringComparison.Ordinal)
        // Browsers say so when a chart changes its own size while it is measured.
        || fault.Contains("ResizeObserver loop completed with undelivered notifications", StringComparison.Ordinal);

    /// <summary>All that is to be seen, in one line.</summary>
    private async Task<string> TextAsync() =>
        SpaceBeforeColon().Replace(Spaces().Replace(await Page.Locator("body").InnerTextAsync(), " "), ":");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(" :(?= )")]
    private static partial Regex SpaceBeforeColon();

    /// <summary>A chart as it is drawn.</summary>
    private sealed class Plot
    {
        /// <summary>Paths of its lines.</summary>
        public string?[] Lines { get; set; } = [];

        /// <summary>How many points are on them.</summary>
        public int Points { get; set; }
    }
}
