using Microsoft.Playwright;

namespace Screenshots;

/// <summary>The pictures of MLflow's pages that the lessons show.</summary>
internal static class Pictures
{
    private const string RowBox = "input[aria-label^='Press Space to toggle row selection']";

    /// <summary>All of them, in the order of the lessons.</summary>
    /// <param name="store">What the pages are about.</param>
    public static IEnumerable<Picture> Of(CourseStore store)
    {
        var first = store.Find("three epochs");
        var (adagrad, bolder) = (store.Find("3Layer_adagrad"), store.Find("3Layer_adagrad_bolder"));
        var optimizers = $"/experiments/{adagrad.Info.ExperimentId}";
        var sweep = store.Find("Adam 0.001").Info.ExperimentId;
        string[] names = ["Adam 0.001", "Adagrad 0.1", "Adam 0.1"];
        var compared = string.Join(',', names.Select(name => $"%22{store.Find(name).Info.RunId}%22"));
        var packaged = store.Find("packaged");
        return
        [
            new("ui-experiments", "/experiments", "first-steps", page => page.GetByRole(AriaRole.Link, new() { Name = "Experiments" }), page => page.GetByPlaceholder("Search experiments"), page => page.GetByText("first-steps", new() { Exact = true }))
                { Height = 460 },
            new("ui-run", $"/experiments/{first.Info.ExperimentId}/runs/{first.Info.RunId}", "Metrics (2)",
                page => page.GetByRole(AriaRole.Tablist), page => page.GetByText("Metrics (2)"), page => page.GetByText("Parameters (4)"), page => page.GetByText("About this run")),
            new("ui-charts", $"{optimizers}/runs?compareRunsMode=CHART", "val_loss",
                page => page.Locator("label:has-text('Hide run')"), page => page.GetByRole(AriaRole.Radiogroup), page => page.GetByTestId("experiment-view-compare-runs-card").Nth(1))
                { Before = page => page.Locator(".js-plotly-plot .scatterlayer path.js-line").Nth(3).WaitForAsync(new() { State = WaitForSelectorState.Attached }) },
            new("ui-runs", $"/experiments/{sweep}/runs", "8 matching runs",
                page => page.GetByTestId("runs-search-autocomplete"), page => page.GetByTestId("column-selection-dropdown"), page => page.GetByTestId("sort-header-val_accuracy"),
                page => page.Locator(RowBox), page => page.GetByText("Download 8 runs"))
                { Before = ChooseColumnsAsync },
            new("ui-compare", $"/compare-runs?runs=%5B{compared}%5D&experiments=%5B%22{sweep}%22%5D", "Comparing 3 Runs",
                page => page.GetByRole(AriaRole.Tablist), page => page.GetByText("Parameters:", new() { Exact = true }), page => page.GetByText("Show diff only"))
                { Height = 1090 },
            new("ui-artifacts", $"/experiments/{packaged.Info.ExperimentId}/models/{ModelOf(packaged)}/artifacts", "MLmodel",
                page => page.GetByText("Artifacts", new() { Exact = true }), page => page.GetByLabel("MLmodel", new() { Exact = true }), page => page.GetByText("flavors", new() { Exact = true }))
                { Before = page => page.GetByLabel("MLmodel", new() { Exact = true }).ClickAsync() },
            new("ui-register", $"{optimizers}/models/{ModelOf(adagrad)}", "Ready",
                page => page.GetByRole(AriaRole.Button, new() { Name = "Register model" }), page => page.GetByRole(AriaRole.Dialog).Locator(".du-bois-light-select"),
                page => page.GetByRole(AriaRole.Dialog).GetByPlaceholder("Input a model name"), page => page.GetByTestId("confirm-register-model"))
                { Before = FillRegistrationAsync },
            new("ui-model", "/models/mnist", "Version 2", page => page.GetByText("Version 1", new() { Exact = true }), page => page.GetByText("@ champion"), page => page.GetByTestId("compareButton")),
            new("ui-versions", $"/compare-model-versions?name=%22mnist%22&runs=%7B%221%22:%22{adagrad.Info.RunId}%22,%222%22:%22{bolder.Info.RunId}%22%7D", "Comparing 2 Versions",
                page => page.GetByText("Model Version:"), page => page.GetByText("opt_learning_rate"), page => page.GetByText("val_accuracy"))
                { Height = 860 },
        ];
    }

    private static string ModelOf(MLflowSharp.Run run) => run.Outputs.ModelOutputs[0].ModelId;

    private static async Task ChooseColumnsAsync(IPage page)
    {
        await page.GetByTestId("column-selection-dropdown").First.ClickAsync();
        foreach (var column in (string[])["Dataset", "Source", "Models", "val_accuracy", "opt_name", "opt_learning_rate"])
            await page.GetByRole(AriaRole.Dialog).GetByText(column, new() { Exact = true }).First.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "More options" }).ClickAsync();
    }

    private static async Task FillRegistrationAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Register model" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).ClickAsync();
        await page.GetByText("Create New Model").Last.ClickAsync();
    }
}
