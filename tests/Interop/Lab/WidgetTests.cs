using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Interop.Lab;

/// <summary>Jupyter's own widgets in JupyterLab, moved by keyboard and mouse.</summary>
[Collection(SharedLab.Name)]
public sealed class WidgetTests(JupyterLab lab)
{
    [Fact]
    public async Task A_slider_moved_by_keyboard_is_read_back_in_the_notebook_and_in_a_cell_that_waits()
    {
        await using var notebook = await lab.OpenAsync(
            "widgets",
            """
            using CSharpKernel.Widgets;

            var slider = new IntSlider { Maximum = 10, Value = 3, Description = "Layers" };
            var bar = new IntProgress { Maximum = 10, Style = { BarColor = "teal" } };
            var deepest = new Button("Deepest");
            slider.Changed += value => { bar.Value = value; Console.WriteLine($"now {value}"); };
            deepest.Clicked += async () => { await Task.Yield(); slider.Value = slider.Maximum; };
            display(new VBox(slider, bar, deepest));
            """,
            "slider.Value",
            "var next = slider.NextValueAsync();\nConsole.WriteLine(\"waiting\");\n$\"got {await next}\"",
            "foreach (var step in Enumerable.Range(0, 20).WithProgress(\"Steps\")) await Task.Delay(5);");

        await notebook.RunAsync(0);
        var handle = notebook.Output(0).Locator(".noUi-handle");
        await handle.FocusAsync();
        for (var press = 0; press < 4; press++)
            await notebook.Page.Keyboard.PressAsync("ArrowRight");
        await notebook.ShowsAsync(0, "now 7");
        await Assertions.Expect(notebook.Output(0).Locator(".progress-bar")).ToHaveAttributeAsync("style", new Regex("width: 70%"));
        await notebook.RunAsync(1);
        await notebook.ShowsAsync(1, "7");

        await notebook.RunAsync(2);
        await notebook.ShowsAsync(2, "waiting");
        await handle.FocusAsync();
        await notebook.Page.Keyboard.PressAsync("ArrowLeft");
        await notebook.ShowsAsync(2, "got 6");

        await notebook.Output(0).Locator("button.jupyter-button").ClickAsync();
        await notebook.ShowsAsync(0, "now 10");
        await notebook.RunAsync(3);
        await notebook.ShowsAsync(3, "20 of 20");
    }
}
