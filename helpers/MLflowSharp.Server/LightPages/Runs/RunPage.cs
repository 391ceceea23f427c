using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Artifacts;
using MLflowSharp.Server.LightPages.Charts;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Registry;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>All that a run has logged.</summary>
internal sealed class RunPage(MlflowStores stores, MetricHistories histories, ArtifactFiles files, TimeProvider time)
{
    private const int MostCharts = 6;

    /// <summary>For longer nobody wants to wait for a list, when everything else is known.</summary>
    private static readonly TimeSpan LongestListing = TimeSpan.FromSeconds(5);

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var run = await RunHandlers.FindAsync(stores.Tracking, call.Required("id"), cancellationToken);
        var experiment = await stores.Tracking.GetExperimentAsync(run.Info.ExperimentId, cancellationToken);
        var note = run.Data.Tags.GetValueOrDefault(SystemTags.Note);
        return new(run.Info.RunName.Length > 0 ? run.Info.RunName : run.Info.RunId, $"""
            <p class="facts" data-live-part="facts">{Shown.Status(run.Info)} started {Shown.Time(run.Info.StartTime)}, {(run.Info.EndTime is null ? "for" : "took")} {Shown.Duration(run.Info, time.GetUtcNow())}{Html.If(run.Info.UserId is not ("" or "unknown"), () => $", by {run.Info.UserId}")}{Html.If(run.Data.Tags.ContainsKey(SystemTags.SourceName), () => $", from <code>{run.Data.Tags[SystemTags.SourceName]}</code>")}{Parent(run)}</p>
            {Html.If(!string.IsNullOrWhiteSpace(note), () => SafeMarkdown.Render(note!))}
            {Metrics(run)}
            {await ChartsAsync(run, cancellationToken)}
            {Pairs("Parameters", "parameter", run.Data.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal), "No parameters were logged.")}
            {Datasets(run)}
            {ModelsUsed(run)}
            {await new RunModels(stores).RenderAsync(call, run, cancellationToken)}
            {await FilesAsync(run, cancellationToken)}
            {TagList.Render(call, run.Data.Tags, "tag-run", "untag-run", ("run", run.Info.RunId))}
            {Manage(call, run, note)}
            """)
        {
            Above = [("Experiments", "experiments"), (experiment.Name, Address.Experiment(experiment.ExperimentId))],
            IsLive = run.Info.Status == RunStatus.Running && run.Info.LifecycleStage == LifecycleStage.Active,
        };
    }

    private static Html Parent(Run run) => Html.If(run.Data.Tags.ContainsKey(SystemTags.ParentRunId), () => $", within <a href=\"{Address.Run(run.Data.Tags[SystemTags.ParentRunId])}\">another run</a>");

    private static Html Metrics(Run run) => $"""
        <section aria-labelledby="metrics"><h2 id="metrics">Metrics</h2>
        <div data-live-part="metrics">{(run.Data.LatestMetrics.Count == 0 ? $"<p class=\"empty\">No metrics yet. <code>Mlflow.LogMetric(\"accuracy\", 0.97, step: 1);</code> logs one.</p>" : (Html)$"""
            <div class="scroll"><table><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Last value</th><th scope="col" class="number">Step</th></tr></thead><tbody>
            {run.Data.LatestMetrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => (Html)$"""
                <tr><th scope="row"><a href="{Address.Chart(metric.Key, [run.Info.RunId])}">{metric.Key}</a></th><td class="number">{Shown.Number(metric.Value)}</td><td class="number">{metric.Step}</td></tr>
                """)}
            </tbody></table></div>
            """)}</div></section>
        """;

    /// <summary>The first metrics that have a course, small. System metrics are looked at when something is wrong, so they have only their links.</summary>
    private async Task<Html> ChartsAsync(Run run, CancellationToken cancellationToken)
    {
        var charts = new List<Html>();
        foreach (var metric in run.Data.LatestMetrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(2 * MostCharts))
        {
            var lines = charts.Count == MostCharts ? [] : await histories.ReadAsync([run], metric.Key, 160, cancellationToken);
            if (lines is [{ Points.Count: > 1 }])
                charts.Add($"<div><h3><a href=\"{Address.Chart(metric.Key, [run.Info.RunId])}\">{metric.Key}</a></h3>{new LineChart { Lines = lines, Title = metric.Key, Width = 420, Height = 220 }.Render()}</div>");
        }

        return $"<div class=\"charts\" data-live-part=\"charts\">{charts}</div>";
    }

    private static Html Pairs(string heading, string what, IEnumerable<KeyValuePair<string, string>> pairs, string empty)
    {
        var rows = pairs.Select(pair => (Html)$"<tr><th scope=\"row\">{pair.Key}</th><td class=\"long\">{pair.Value}</td></tr>").ToList();
        return $"""
            <section aria-labelledby="{what}"><h2 id="{what}">{heading}</h2>
            <div data-live-part="{what}">{(rows.Count == 0 ? $"<p class=\"empty\">{empty}</p>" : (Html)$"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Value</th></tr></thead><tbody>{rows}</tbody></table></div>")}</div>
            </section>
            """;
    }

    private static Html Datasets(Run run) => Html.If(run.Inputs.DatasetInputs.Count > 0, () => $"""
        <section aria-labelledby="datasets"><h2 id="datasets">Datasets</h2>
        <div class="scroll"><table><thead><tr><th scope="col">Dataset</th><th scope="col">Used for</th><th scope="col">Digest</th><th scope="col">Source</th><th scope="col">Profile</th></tr></thead><tbody>
        {run.Inputs.DatasetInputs.Select(input => (Html)$"""
            <tr><th scope="row">{input.Dataset.Name}</th><td>{input.Tags.FirstOrDefault(tag => tag.Key == SystemTags.DatasetContext)?.Value}</td><td><code>{input.Dataset.Digest}</code></td>
            <td class="long">{input.Dataset.SourceType}: {Shown.Cut(input.Dataset.Source, 200)}</td><td class="long">{Shown.Cut(input.Dataset.Profile ?? "", 200)}{Html.If(input.Dataset.Schema is not null, () => $"<details><summary>Schema</summary><pre>{input.Dataset.Schema}</pre></details>")}</td></tr>
            """)}
        </tbody></table></div></section>
        """);

    private static Html ModelsUsed(Run run) => Html.If(run.Inputs.ModelInputs.Count > 0, () => $"""
        <section aria-labelledby="used"><h2 id="used">Models used</h2>
        <ul class="models">{run.Inputs.ModelInputs.Select(input => (Html)$"<li><a href=\"{Address.Of("artifacts", ("model", input.ModelId))}\">{input.ModelId}</a></li>")}</ul></section>
        """);

    private async Task<Html> FilesAsync(Run run, CancellationToken cancellationToken)
    {
        Html listing;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestListing);
        try
        {
            var tree = new ArtifactTree(files, ArtifactFiles.Of(run));
            listing = await tree.RenderAsync("", patience.Token);
            if (tree.IsEmpty)
                listing = $"<p class=\"empty\">No files yet. <code>Mlflow.LogText(\"hello\", \"note.txt\");</code> logs one.</p>";
        }
        catch (MlflowException error)
        {
            // Files may be where only the one who logged them gets; the rest of the page is still worth reading.
            listing = $"<p class=\"alert\">The files cannot be listed: {error.Message}</p>";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            listing = $"<p class=\"notice\">The storage of the files does not answer at once. <a href=\"{ArtifactFiles.Of(run).Address("")}\">Wait for them</a></p>";
        }

        return $"<section aria-labelledby=\"files\"><h2 id=\"files\">Files</h2>{listing}</section>";
    }

    private static Html Manage(PageCall call, Run run, string? note) => run.Info.LifecycleStage == LifecycleStage.Deleted
        ? (Html)$"{FormField.Begin(call, "restore-run", ("run", run.Info.RunId))}<button>Restore this run</button></form>"
        : $"""
            <details class="manage"><summary>Manage this run</summary>
            <p class="faint">Identifier <code>{run.Info.RunId}</code>, files at <code>{run.Info.ArtifactUri}</code></p>
            {FormField.Begin(call, "rename-run", ("run", run.Info.RunId))}{FormField.Text(call, "new-name", "name", "Name", run.Info.RunName)} <button>Rename</button></form>
            {FormField.Begin(call, "describe-run", ("run", run.Info.RunId))}<label for="note">Description, in Markdown</label> <textarea id="note" name="text" rows="4">
            {note}</textarea> <button>Save</button></form>
            {FormField.Confirm(call, "delete-run", "Delete…", "The run goes to the trash, from where it can be restored.", "Delete the run", ("run", run.Info.RunId))}
            </details>
            """;
}
