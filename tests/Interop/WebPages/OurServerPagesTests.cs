using System.Globalization;
using System.Text;
using MLflowSharp.Tests;

namespace Interop.WebPages;

/// <summary>MLflow's pages, served by our server over a database that our client wrote: without Python.</summary>
/// <param name="sites">The servers.</param>
[Collection(SharedWebSites.Name)]
public sealed class OurServerPagesTests(WebSites sites) : WebPagesSuite(sites)
{
    private static readonly CompositeFormat Row = CompositeFormat.Parse("| {0} | `{1}` | {2} | {3} |\n");

    [Fact]
    public Task An_experiments_traces_have_a_list() => VisitAsync(
        "traces",
        $"/experiments/{Course.ExperimentId}/traces",
        () => ShowsAsync("{\"image\": \"five.png\"}", "{\"digit\": 5, \"sure\": 0.98}", "lesson-1", "120ms", "OK", "{\"image\": \"a.png\"}", "15ms", "Error", "2 of 2"));

    [Fact]
    public Task A_trace_shows_its_steps_with_what_went_in_and_came_out() => VisitAsync(
        "trace",
        $"/experiments/{Course.ExperimentId}/traces?selectedEvaluationId={SentTraces.First}",
        () => ShowsAsync("predict a digit", "scale pixels", "five.png", "0.98"));

    [Fact]
    public Task The_overview_of_traces_counts_them() => VisitAsync("overview", $"/experiments/{Course.ExperimentId}/overview/usage?workflowType=genai", () => ShowsAsync("Traces", "Latency", "Errors", "Token"));

    /// <summary>Every page is opened for itself, and what it asked for is written into <c>docs/tracking-server.md</c> with <c>UPDATE_SERVER_PAGE=1</c>.</summary>
    [Fact]
    public async Task Every_page_opens_without_an_unexpected_answer()
    {
        var (runs, adam, adagrad) = ($"/experiments/{Course.ExperimentId}/runs", Course.Adam.Info.RunId, Course.Adagrad.Info.RunId);
        var model = $"/experiments/{Course.ExperimentId}/models/{Course.Model.ModelId}";
        // With the text that is there when the page is whole.
        (string Page, string Fragment, string Text)[] pages =
        [
            ("home", "/", Course.Name), ("experiments", "/experiments", "Handwritten digits"), ("table of runs", runs, "3 matching runs"), ("charts of runs", $"{runs}?compareRunsMode=CHART", "Model metrics (5)"),
            ("tables of runs compared", $"{runs}?compareRunsMode=ARTIFACT", "Table: predictions.json"), ("a run", $"{runs}/{adam}", "Logged models (1)"),
            ("its metrics", $"{runs}/{adam}/model-metrics", "Model metrics (5)"), ("its system metrics", $"{runs}/{adam}/system-metrics", "System metrics (8)"), ("its artifacts", $"{runs}/{adam}/artifacts", "predictions.json"),
            ("an artifact", $"{runs}/{adam}/artifacts/remark.txt", "Four epochs are quick"), ("its traces", $"{runs}/{adam}/traces", "five.png"),
            ("runs compared", $"/compare-runs?runs=%5B%22{adam}%22,%22{adagrad}%22%5D&experiments=%5B%22{Course.ExperimentId}%22%5D", "Comparing 2 Runs"),
            ("a metric of runs", $"/metric?runs=%5B%22{adam}%22,%22{adagrad}%22%5D&metric=%22loss%22&experiments=%5B%22{Course.ExperimentId}%22%5D&plot_metric_keys=%5B%22loss%22%5D", "Completed Runs"),
            ("registered models", "/models", "Version 2"), ("a registered model", $"/models/{Course.Name}", "Trained with Adam."), ("a version", $"/models/{Course.Name}/versions/2", "Source Run:"),
            ("versions compared", $"/compare-model-versions?name=%22{Course.Name}%22&runs=%7B%221%22:%22{adagrad}%22,%222%22:%22{adam}%22%7D", "Comparing 2 Versions"),
            ("logged models", $"/experiments/{Course.ExperimentId}/models", "3Layer_adagrad"), ("a logged model", model, "Metrics (4)"), ("its artifacts", $"{model}/artifacts", "input_example.json"), ("its traces", $"{model}/traces", "a.png"),
            ("traces", $"/experiments/{Course.ExperimentId}/traces", "2 of 2"), ("a trace", $"/experiments/{Course.ExperimentId}/traces?selectedEvaluationId={SentTraces.First}", "scale pixels"),
            ("overview of traces", $"/experiments/{Course.ExperimentId}/overview/usage?workflowType=genai", "Latency"), ("prompts", "/prompts", "Prompts"),
        ];
        var table = new StringBuilder("| Page | Address after `#` | Calls | Unexpected answers and console errors |\n|---|---|---:|---:|\n");
        foreach (var (page, fragment, text) in pages)
        {
            var calls = await Site.OpenAsync(fragment, text);
            var address = fragment.Split('?')[0].Replace(adam, "…", StringComparison.Ordinal).Replace(Course.Model.ModelId, "m-…", StringComparison.Ordinal);
            table.AppendFormat(CultureInfo.InvariantCulture, Row, page, address, calls, 0);
        }

        if (Environment.GetEnvironmentVariable("UPDATE_SERVER_PAGE") == "1")
            new PageBlock("tracking-server", "pages").Write(table.ToString());
    }

    private protected override Task<WebSite> SiteAsync(WebSites sites) => sites.OursAsync();
}
