using CSharpKernel.Widgets;
using Interop.Browser;
using Microsoft.Playwright;
using Tutorial.Helpers;

namespace Interop.Drawing;

/// <summary>
/// The drawing area in a page with the rules of VS Code's notebooks, which cannot be installed here: what VS Code's source says of its pages
/// (src/vs/workbench/contrib/notebook/browser/view/renderers/backLayerWebView.ts: the policy that notebook.experimental.enableCsp switches on;
/// src/vs/workbench/contrib/webview/browser: the sandbox; extensions/notebook-renderers/src/index.ts: how HTML and its scripts are put in).
/// </summary>
public sealed class StrictPageTests
{
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src https: http: data:; font-src https:; connect-src https:; child-src https: data:";

    private const string Page = $$"""
        <!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{{Policy}}"></head><body style="margin: 0"><div id="container"></div>
        <script>
          window.heard = [];
          document.addEventListener("securitypolicyviolation", event => heard.push("refused " + event.violatedDirective));
          window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
        </script></body></html>
        """;

    // A script that comes with HTML does not run by itself: each is made anew.
    private const string Show = """
        html => {
          const element = document.createElement("div");
          element.innerHTML = html;
          document.getElementById("container").append(element);
          for (const given of [...element.getElementsByTagName("script")]) {
            const script = document.createElement("script");
            script.text = given.innerText;
            element.appendChild(script).remove();
          }
        }
        """;

    [Fact]
    public async Task What_is_drawn_is_sent_through_the_text_box_and_nothing_is_refused()
    {
        await using var page = await OpenAsync();
        await page.Frame.EvaluateAsync(
            "() => { document.body.insertAdjacentHTML('beforeend', '<div class=\"sketchpad-a1\" style=\"display: none\"><textarea></textarea></div>'); document.querySelector('textarea').addEventListener('input', event => heard.push(event.target.value)); }");

        await page.DrawAsync();

        await page.Frame.WaitForFunctionAsync("() => heard.length > 0");
        var heard = await page.HeardAsync();
        Assert.NotEmpty(heard);
        Assert.All(heard, text => Assert.StartsWith("{\"width\":280,\"height\":280,\"brush\":20,\"strokes\":[[[", text, StringComparison.Ordinal));
        Assert.False(DigitDrawing.Parse(heard[^1]).IsEmpty);
        await Assertions.Expect(page.Frame.Locator("[data-note]")).ToHaveTextAsync("");
        await page.Frame.Locator("[data-do=clear]").ClickAsync();
        await page.Frame.WaitForFunctionAsync("() => heard.at(-1).includes('\"strokes\":[]')");
    }

    [Fact]
    public async Task Without_the_widgets_it_says_that_nobody_hears_it()
    {
        await using var page = await OpenAsync();

        await page.DrawAsync();

        await Assertions.Expect(page.Frame.Locator("[data-note]")).ToHaveTextAsync("Run the cell again: the kernel does not hear this drawing.");
        Assert.Empty(await page.HeardAsync());
    }

    private static async Task<StrictPage> OpenAsync()
    {
        PythonEnvironment.Require();
        var outer = await (await SharedChromium.BrowserAsync()).NewPageAsync();
        outer.SetDefaultTimeout(60_000);
        await outer.SetContentAsync("<iframe sandbox=\"allow-same-origin allow-pointer-lock allow-scripts allow-downloads allow-forms\" width=\"600\" height=\"400\"></iframe>");
        var frame = (await (await outer.QuerySelectorAsync("iframe"))!.ContentFrameAsync())!;
        await frame.SetContentAsync(Page);
        await frame.EvaluateAsync(Show, Sketchpad.PageText("a1", 20, "Draw a digit"));
        return new(outer, frame);
    }

    private sealed record StrictPage(IPage Outer, IFrame Frame) : IAsyncDisposable
    {
        public Task DrawAsync() => DrawingPage.DrawAsync(Outer, Frame.Locator("canvas"), SampleDrawings.All.First(sample => sample.Digit == 3).Drawing);

        public Task<string[]> HeardAsync() => Frame.EvaluateAsync<string[]>("heard");

        public ValueTask DisposeAsync() => new(Outer.CloseAsync());
    }
}
