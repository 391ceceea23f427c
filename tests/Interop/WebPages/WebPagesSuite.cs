using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using MLflowSharp;

namespace Interop.WebPages;

/// <summary>What a reader of the course finds on MLflow's own pages, page by page. Each page is saved as a picture, and must report no error.</summary>
/// <param name="sites">The servers.</param>
public abstract partial class WebPagesSuite(WebSites sites) : IAsyncLifetime
{
    private WebSite _site = null!;

    private protected CourseStore Course => _site.Course;

    private protected WebSite Site => _site;

    private string RunsPage => $"/experiments/{Course.ExperimentId}/runs";

    private string AdamPage => $"{RunsPage}/{Course.Adam.Info.RunId}";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _site = await SiteAsync(sites);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task The_list_of_experiments_has_ours() => VisitAsync("experiments", "/experiments", () => ShowsAsync(Course.Name, "Handwritten digits"));

    [Fact]
    public Task The_table_of_runs_has_names_durations_sources_datasets_models_and_chosen_columns() => VisitAsync(
        "runs",
        $"{RunsPage}",
        async () =>
        {
            await ShowsAsync("3Layer_adam", "3Layer_adagrad", "3 matching runs", "mnist (", "Train", "Interop.dll", "v1", "v2", Duration(Course.Adam), Duration(Course.Adagrad));
            await Page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }).ClickAsync();
            foreach (var column in (string[])["Dataset", "val_accuracy", "opt_name", "opt_learning_rate"])
                await Page.GetByRole(AriaRole.Dialog).GetByText(column, new() { Exact = true }).ClickAsync();
            await Page.Keyboard.PressAsync("Escape");
            await ShowsAsync("Adam", "Adagrad", "0.001", "0.01", Start(Course.Adam.Data.Metrics["val_accuracy"]), Start(Course.Adagrad.Data.Metrics["val_accuracy"]));
            var unfold = Page.Locator(".ag-pinned-left-cols-container, .ag-center-cols-container").GetByRole(AriaRole.Button).First;
            await unfold.ClickAsync();
            await ShowsAsync("first 100 images");
            await _site.PictureAsync("runs-unfolded");
            await unfold.ClickAsync();
            await Assertions.Expect(Page.GetByText("first 100 images")).ToHaveCountAsync(0);
        });

    [Fact]
    public Task The_charts_of_all_runs_have_their_curves() => VisitAsync(
        "charts",
        $"{RunsPage}?compareRunsMode=CHART",
        async () =>
        {
            await ShowsAsync("Model metrics (5)", "accuracy", "loss", "val_accuracy", "val_loss", "hardest digit");
            Assert.Equal(Enumerable.Repeat((2, 8), 4), await _site.DrawsAsync(4));
            await _site.PaintsAsync("img[src*='get-artifact']");
        });

    [Fact]
    public Task The_tables_of_all_runs_are_compared() => VisitAsync(
        "tables", $"{RunsPage}?compareRunsMode=ARTIFACT", () => ShowsAsync("Table: predictions.json", "image", "label", "5", "0", "4"));

    [Fact]
    public Task A_runs_page_tells_all_about_it() => VisitAsync(
        "run",
        AdamPage,
        async () =>
        {
            await ShowsAsync(
                "3Layer_adam", "Finished", Course.Adam.Info.RunId, Duration(Course.Adam), Course.Adam.Info.UserId, "Interop.dll", "first 100 images", "purpose: comparison",
                "Adam with the default learning rate.", "Registered models", "Logged models (1)", "Metrics (12)", "Parameters (11)");
            await ShowsAsync([.. Course.Adam.Data.Params.SelectMany(param => (string[])[param.Key, param.Value])]);
            await ShowsAsync([.. Course.Adam.Data.Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).SelectMany(metric => (string[])[metric.Key, Start(metric.Value)])]);
            if (Course.Adam.Data.Tags.TryGetValue("mlflow.source.git.commit", out var commit))
                await ShowsAsync(commit[..7]);
        });

    [Fact]
    public Task A_runs_dataset_tells_its_shape_and_where_it_came_from() => VisitAsync(
        "dataset",
        AdamPage,
        async () =>
        {
            var dataset = Course.Adam.Inputs.DatasetInputs[0].Dataset;
            await Page.GetByText($"mnist ({dataset.Digest})").First.ClickAsync();
            await ShowsAsync("2 datasets used", "features shape: [480,784]", "targets shape: [480]", dataset.Digest, "Source type: Local", "Path: data/mnist/train-images-idx3-ubyte.gz");
        });

    [Fact]
    public Task A_runs_metrics_are_curves_and_its_images_a_series() => VisitAsync(
        "run-metrics",
        $"{AdamPage}/model-metrics",
        async () =>
        {
            await ShowsAsync("Model metrics (5)", "accuracy", "loss", "val_accuracy", "val_loss", "hardest digit");
            Assert.Equal(Enumerable.Repeat((1, 4), 4), await _site.DrawsAsync(4));
            await _site.PaintsAsync("img[src*='get-artifact']");
        });

    [Fact]
    public Task A_runs_system_metrics_have_a_tab_of_their_own() => VisitAsync(
        "run-system",
        $"{AdamPage}/system-metrics",
        async () =>
        {
            await ShowsAsync("System metrics (8)", "cpu_utilization_percentage", "disk_usage_percentage", "network_receive_megabytes");
            // Points are drawn only where there are few.
            Assert.All(await _site.DrawsAsync(6), chart => Assert.Equal(1, chart.Lines));
        });

    [Fact]
    public Task Two_runs_are_compared() => VisitAsync(
        "compare",
        $"/compare-runs?runs={Json(Course.Adam.Info.RunId, Course.Adagrad.Info.RunId)}&experiments={Json(Course.ExperimentId)}",
        async () =>
        {
            await ShowsAsync("Comparing 2 Runs from 1 Experiment", "3Layer_adam", "3Layer_adagrad", "opt_initial_accumulator_value", Rounded(Course.Adam.Data.Metrics["val_loss"]), Rounded(Course.Adagrad.Data.Metrics["val_loss"]));
            await _site.PaintsAsync(".parcoords-lines, .gl-canvas");
        });

    [Fact]
    public Task A_metric_of_two_runs_is_one_chart() => VisitAsync(
        "metric",
        $"/metric?runs={Json(Course.Adam.Info.RunId, Course.Adagrad.Info.RunId)}&metric=%22loss%22&experiments={Json(Course.ExperimentId)}&plot_metric_keys={Json("loss")}",
        async () =>
        {
            await ShowsAsync("Completed Runs", "3Layer_adam", "3Layer_adagrad", Start(Course.Adam.Data.Metrics["loss"]), Start(Course.Adagrad.Data.Metrics["loss"]));
            Assert.Equal(2, Assert.Single(await _site.DrawsAsync(1)).Lines);
        });

    private IPage Page => _site.Page;

    /// <summary>The server whose pages these are.</summary>
    private protected abstract Task<WebSite> SiteAsync(WebSites sites);

    private protected Task VisitAsync(string name, string fragment, Func<Task> look) => _site.VisitAsync(name, fragment, look);

    private protected Task ShowsAsync(params string[] texts) => _site.ShowsAsync(texts);

    /// <summary>A run's time as the pages write it: in milliseconds below half a second, in seconds below a minute.</summary>
    private static string Duration(Run run) => (run.Info.EndTime - run.Info.StartTime)!.Value.TotalMilliseconds switch
    {
        < 500 and var milliseconds => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F0}ms"),
        < 60_000 and var milliseconds => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:F1}s"),
        var milliseconds => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:F1}min"),
    };

    /// <summary>The beginning of a number, of which narrow columns show no more.</summary>
    private static string Start(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var text && text.Length > 6 ? text[..6] : text;

    /// <summary>A number as the pages that compare write it.</summary>
    private static string Rounded(double value) => Math.Round(value, 3).ToString("R", CultureInfo.InvariantCulture);

    private static string Json(params string[] texts) => Uri.EscapeDataString(JsonSerializer.Serialize(texts));
}
