using Interop.Browser;
using Microsoft.Playwright;

namespace Interop.Lab;

/// <summary>A notebook in JupyterLab, used with mouse and keyboard. Closing it fails the test when the page reported an error.</summary>
public sealed class LabNotebook : IAsyncDisposable
{
    // Two busy cores start a browser page, a server and a kernel slowly.
    private const float Patience = 60_000;

    private readonly string _name;
    private readonly LabServer _server;
    private readonly PageFaults _faults;

    internal LabNotebook(string name, IPage page, LabServer server)
    {
        _name = name;
        Page = page;
        _server = server;
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        _faults = new(page);
    }

    /// <summary>The browser's page, for what this class has no word for.</summary>
    public IPage Page { get; }

    /// <summary>What the page complained about so far: errors in its console, failed requests.</summary>
    public IReadOnlyCollection<string> Faults => _faults.All;

    /// <summary>The code cell at this place.</summary>
    public ILocator Cell(int index) => Page.Locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell").Nth(index);

    /// <summary>Where the cell at this place shows its outputs.</summary>
    public ILocator Output(int index) => Cell(index).Locator(".jp-Cell-outputArea");

    /// <summary>Chooses an item of the menu bar, by what is written on them.</summary>
    public async Task ChooseAsync(string menu, string item)
    {
        await Page.Locator(".lm-MenuBar-item").Filter(new() { HasTextString = menu }).First.ClickAsync();
        await Page.Locator(".lm-Menu-item").Filter(new() { Has = Page.GetByText(item, new() { Exact = true }) }).First.ClickAsync();
    }

    /// <summary>Runs every cell from the menu, without waiting for them.</summary>
    public Task RunAllAsync() => ChooseAsync("Run", "Run All Cells");

    /// <summary>Puts the cursor into a cell, behind its text.</summary>
    public async Task EnterAsync(int index)
    {
        await Cell(index).Locator(".cm-content").ClickAsync();
        await Page.Keyboard.PressAsync("Control+End");
    }

    /// <summary>Replaces a cell's text by typing, without running it.</summary>
    public async Task TypeAsync(int index, string text)
    {
        await EnterAsync(index);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.PressAsync("Delete");
        await Page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Runs one cell with Ctrl-Enter, without waiting for it.</summary>
    public async Task RunAsync(int index)
    {
        await EnterAsync(index);
        await Page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>Waits until a cell has this execution count.</summary>
    public Task CountIsAsync(int index, int count) =>
        Assertions.Expect(Cell(index).Locator(".jp-InputPrompt")).ToHaveTextAsync($"[{count}]:");

    /// <summary>Waits until a cell is running.</summary>
    public Task IsRunningAsync(int index) => Assertions.Expect(Cell(index).Locator(".jp-InputPrompt")).ToHaveTextAsync("[*]:");

    /// <summary>Waits until a cell's outputs contain this text.</summary>
    public Task ShowsAsync(int index, string text) => Assertions.Expect(Output(index)).ToContainTextAsync(text);

    /// <summary>Waits until the front end says that the kernel is idle.</summary>
    public Task IsIdleAsync() => Assertions.Expect(Page.Locator(".jp-Notebook-ExecutionIndicator").First).ToHaveAttributeAsync("data-status", "idle");

    /// <summary>Presses a key, as often as a person would, until something is to be seen: the front end drops an answer that takes more than a second.</summary>
    public async Task PressUntilAsync(string key, ILocator seen)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Page.Keyboard.PressAsync(key);
            try
            {
                await seen.WaitForAsync(new() { Timeout = 3_000 });
                return;
            }
            catch (TimeoutException) when (attempt < 10)
            {
            }
        }
    }

    /// <summary>Presses a button of the notebook's toolbar: <c>interrupt</c>, <c>restart</c>, …</summary>
    public Task PressAsync(string button) => Page.Locator($".jp-NotebookPanel-toolbar [data-jp-item-name='{button}']").ClickAsync();

    /// <summary>Saves a picture of the page as <c>artifacts/lab/NAME.png</c>; the good ones are copied to <c>docs/images</c> by hand.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "lab", $"{name}.png") });

    /// <summary>Saves a picture of the whole notebook, however long, as <c>artifacts/lab/NAME.png</c>.</summary>
    public async Task WholePictureAsync(string name)
    {
        var height = await Page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('.jp-WindowedPanel-outer')].map(panel => panel.scrollHeight))");
        var before = Page.ViewportSize!;
        await Page.SetViewportSizeAsync(before.Width, Math.Clamp(height + 160, before.Height, 14_000));
        await Page.EvaluateAsync("document.querySelectorAll('.jp-WindowedPanel-outer').forEach(panel => panel.scrollTop = 0)");
        // The figures are drawn anew for the new size.
        await Page.WaitForTimeoutAsync(1_500);
        await PictureAsync(name);
        await Page.SetViewportSizeAsync(before.Width, before.Height);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // As the reader saw it last, which tells more of a failed test than its message.
        await PictureAsync($"last-{_name}");
        await Page.Context.CloseAsync();
        if (_faults.All.Count > 0)
            Assert.Fail($"The page reported:\n{string.Join('\n', _faults.All)}\njupyter lab wrote:\n{_server.Log}");
    }

    internal async Task OpenAsync(string address)
    {
        await Page.GotoAsync($"{address}/lab/workspaces/{_name}/tree/{_name}.ipynb?token={_server.Token}");
        await Cell(0).Locator(".cm-content").WaitForAsync();
        // The toolbar's mark says idle before there is a kernel; the status bar does not. What is run before is dropped by the front end.
        await Assertions.Expect(Page.Locator("#jp-main-statusbar")).ToContainTextAsync("| Idle");
    }
}
