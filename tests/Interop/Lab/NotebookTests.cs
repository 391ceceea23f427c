using Microsoft.Playwright;

namespace Interop.Lab;

/// <summary>A person's path through a notebook in JupyterLab.</summary>
[Collection(SharedLab.Name)]
public sealed class NotebookTests(JupyterLab lab)
{
    [Fact]
    public async Task Run_all_shows_results_tables_and_the_error_that_stops_it()
    {
        await using var notebook = await lab.OpenAsync(
            "run-all",
            "record City(string Name, int People);\nConsole.WriteLine(\"Hei, maailma\");\n1 + 2",
            "new[] { new City(\"Helsinki\", 664_028), new City(\"Espoo\", 314_024) }",
            "int Half(int number)\n{\n    if (number % 2 != 0)\n        throw new ArgumentException($\"{number} is odd.\");\n    return number / 2;\n}\nHalf(7)",
            "\"never reached\"");

        await notebook.RunAllAsync();
        await notebook.ShowsAsync(2, "ArgumentException");

        await notebook.ShowsAsync(0, "Hei, maailma");
        await notebook.ShowsAsync(0, "3");
        await Assertions.Expect(notebook.Output(1).Locator("table")).ToContainTextAsync("Helsinki");
        await notebook.ShowsAsync(2, "7 is odd.");
        await notebook.IsIdleAsync();
        await Assertions.Expect(notebook.Output(3)).Not.ToContainTextAsync("never reached");
        await notebook.PictureAsync("lab-error");
    }

    [Fact]
    public async Task An_interrupt_ends_a_busy_loop_and_keeps_the_variables()
    {
        await using var notebook = await lab.OpenAsync("interrupt", "var kept = 42;\nConsole.WriteLine(\"looping\");\nwhile (true) { }", "kept");

        await notebook.RunAsync(0);
        await notebook.ShowsAsync(0, "looping");
        await notebook.PressAsync("interrupt");
        await notebook.ShowsAsync(0, "interrupted");
        await notebook.RunAsync(1);

        await notebook.ShowsAsync(1, "42");
        await notebook.IsIdleAsync();
    }

    [Fact]
    public async Task A_restart_forgets_the_variables_and_counts_from_one()
    {
        await using var notebook = await lab.OpenAsync("restart", "var gone = 1;", "gone");
        await notebook.RunAllAsync();
        await notebook.CountIsAsync(1, 2);

        await notebook.PressAsync("restart");
        await notebook.Page.Locator(".jp-Dialog .jp-mod-accept").ClickAsync();
        await Assertions.Expect(notebook.Page.Locator(".jp-Dialog")).ToHaveCountAsync(0);
        await notebook.IsIdleAsync();
        await notebook.RunAsync(1);

        await notebook.CountIsAsync(1, 1);
        await notebook.ShowsAsync(1, "CS0103");
    }

    [Fact]
    public async Task Tab_offers_what_fits_and_completes_it()
    {
        await using var notebook = await lab.OpenAsync("completion", "var cities = new List<string> { \"Oulu\", \"Turku\" };", "");
        await notebook.RunAsync(0);
        await notebook.CountIsAsync(0, 1);

        await notebook.TypeAsync(1, "cities.Re");
        var offers = notebook.Page.Locator(".jp-Completer-item");
        await notebook.PressUntilAsync("Tab", offers.Filter(new() { HasTextString = "RemoveAll" }));
        await notebook.PictureAsync("lab-completion");
        Assert.DoesNotContain(await offers.AllInnerTextsAsync(), offer => offer.StartsWith("Add", StringComparison.Ordinal));

        await notebook.Page.Keyboard.PressAsync("Escape");
        await notebook.TypeAsync(1, "cities.Conta");
        await notebook.PressUntilAsync("Tab", notebook.Cell(1).Locator(".cm-content").GetByText("cities.Contains"));
    }

    [Fact]
    public async Task Shift_Tab_explains_what_the_cursor_is_on()
    {
        await using var notebook = await lab.OpenAsync("inspection", "Math.Round");

        await notebook.EnterAsync(0);
        await notebook.PressUntilAsync("Shift+Tab", notebook.Page.Locator(".jp-Tooltip").Filter(new() { HasTextString = "Rounds a" }));

        await notebook.PictureAsync("lab-inspection");
    }

    [Fact]
    public async Task A_cell_that_asks_shows_a_box_for_the_answer()
    {
        await using var notebook = await lab.OpenAsync("input", "var name = input(\"Your name? \");\n$\"Hei, {name}!\"");

        await notebook.RunAsync(0);
        await Assertions.Expect(notebook.Output(0)).ToContainTextAsync("Your name?");
        await notebook.Page.Locator(".jp-Stdin-input").FillAsync("Maija");
        await notebook.Page.Keyboard.PressAsync("Enter");

        await notebook.ShowsAsync(0, "Hei, Maija!");
        await notebook.IsIdleAsync();
    }
}
