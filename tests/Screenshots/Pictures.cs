using Microsoft.Playwright;

namespace Screenshots;

/// <summary>The pictures of MLflow's pages that the lessons show.</summary>
internal static class Pictures
{
    /// <summary>All of them, in the order of the lessons.</summary>
    /// <param name="store">What the pages are about.</param>
    public static IEnumerable<Picture> Of(CourseStore store)
    {
        var (_, first) = store.Find("three epochs");
        var (optimizers, adagrad) = store.Find("3Layer_adagrad");
        var adam = store.Find("3Layer_adam").Run;
        var bolder = store.Find("3Layer_adagrad_bolder").Run;
        var sweep = store.Experiment("sweep");
        string[] compared = [store.Find("Adam 0.001").Run, store.Find("Adagrad 0.1").Run, store.Find("Adam 0.1").Run];
        return
        [
            new("ui-experiments", "/experiments", "first-steps", page => page.GetByRole(AriaRole.Link, new() { Name = "Experiments" }), page => page.GetByPlaceholder("Filter experiments"), page => page.GetByText("first-steps"))
                { Height = 460 },
            new("ui-run", $"/experiments/{store.Experiment("first-steps")}/runs/{first}", "Logged models",
                page => page.GetByRole(AriaRole.Tablist), page => page.GetByText("Metrics (2)"), page => page.GetByText("Parameters (4)"), page => page.GetByText("About this run")),
            new("ui-charts", $"/experiments/{optimizers}/runs?compareRunsMode=CHART", "val_loss",
                page => page.GetByText("3Layer_adam"), page => page.GetByText("Model metrics"), page => page.Locator(".js-plotly-plot")),
            new("ui-runs", $"/experiments/{sweep}/runs", "8 matching runs", page => page.GetByPlaceholder("metrics.rmse"), page => page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }), page => page.GetByText("Adam 0.001")),
            new("ui-compare", $"/compare-runs?runs=%5B{string.Join(',', compared.Select(run => $"%22{run}%22"))}%5D&experiments=%5B%22{sweep}%22%5D", "Comparing 3 Runs", page => page.Locator(".js-plotly-plot")),
            new("ui-artifacts", $"/experiments/{optimizers}/runs/{adam}/artifacts", "model_summary.txt", page => page.GetByText("model.onnx")),
            new("ui-register", $"/experiments/{optimizers}/runs/{adagrad}", "Register model", page => page.GetByRole(AriaRole.Dialog)),
            new("ui-model", "/models/mnist", "Version 2", page => page.GetByText("@ champion")),
            new("ui-versions", $"/compare-model-versions?name=%22mnist%22&runs=%7B%221%22:%22{adagrad}%22,%222%22:%22{bolder}%22%7D", "Comparing 2 Versions", page => page.GetByText("Comparing 2 Versions")),
        ];
    }
}
